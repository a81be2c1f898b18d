import 'reflect-metadata';
import { KeyObject, webcrypto } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { X509CertificateGenerator } from '@peculiar/x509';

const ALGORITHM = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', publicExponent: new Uint8Array([1, 0, 1]) };

/** PEM files of a new RSA key and its certificate. */
export async function writeDeliveryCertificate(folder: string, name: string, bits = 2048) {
  const keys = await webcrypto.subtle.generateKey({ ...ALGORITHM, modulusLength: bits }, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({ name: `CN=${name}`, signingAlgorithm: ALGORITHM, keys });
  const [privateKeyFile, certificateFile] = [join(folder, `${name}-key.pem`), join(folder, `${name}.pem`)];
  await writeFile(privateKeyFile, KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' }));
  await writeFile(certificateFile, certificate.toString('pem'));
  return { privateKeyFile, certificateFile };
}
