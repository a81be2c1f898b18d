import 'reflect-metadata';
import { createHmac, KeyObject, webcrypto } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BasicConstraintsExtension, ExtendedKeyUsage, ExtendedKeyUsageExtension, X509CertificateGenerator } from '@peculiar/x509';
import { DAY_MS } from '../../../temporal/contract/units';
import type { StackHome } from '../home/stack-home';
import type { StackBase } from './service';

const KEY_ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
/** It serves one stack on one machine and is the only one that is trusted: an end would only stop the store. */
const VALID_MS = 100 * 365 * DAY_MS;
/** Sections of SeaweedFS's security.toml that take a certificate: four servers and what calls them. */
const GRPC_PARTIES = ['MASTER', 'VOLUME', 'FILER', 'S3', 'CLIENT'];
/** Keys of security.toml that sign the tokens between the parts of the store. */
const TOKEN_KEYS = ['WEED_JWT_SIGNING_KEY', 'WEED_JWT_SIGNING_READ_KEY', 'WEED_JWT_FILER_SIGNING_KEY', 'WEED_JWT_FILER_SIGNING_READ_KEY'];

/**
 * Makes the certificate with which the parts of the embedded store know each other, unless there is one. It is its own
 * authority, so that a client without its key is refused in the TLS handshake (RFC 8446 4.4.2).
 */
export async function createStoreCertificate(home: StackHome): Promise<void> {
  const { certificate, key } = certificateFiles(home);
  if (existsSync(certificate) && existsSync(key)) return;
  const keys = await webcrypto.subtle.generateKey(KEY_ALGORITHM, true, ['sign', 'verify']);
  const now = Date.now();
  const made = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=sprocket store',
    // A clock that is set back does not lock the store out.
    notBefore: new Date(now - DAY_MS),
    notAfter: new Date(now + VALID_MS),
    signingAlgorithm: KEY_ALGORITHM,
    keys,
    extensions: [
      new BasicConstraintsExtension(true, undefined, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth, ExtendedKeyUsage.clientAuth]),
    ],
  });
  await writeSecret(key, KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' }).toString());
  await writeSecret(certificate, made.toString('pem'));
}

/** The secrets of the store's parts among themselves, as SeaweedFS reads security.toml from its environment. */
export function storeEnvironment({ home, credentials }: Pick<StackBase, 'home' | 'credentials'>): Record<string, string> {
  const { certificate, key } = certificateFiles(home);
  const parties = GRPC_PARTIES.flatMap((party) => [
    [`WEED_GRPC_${party}_CERT`, certificate],
    [`WEED_GRPC_${party}_KEY`, key],
  ]);
  const tokens = TOKEN_KEYS.map((name) => [name, createHmac('sha256', credentials.s3SecretAccessKey).update(name).digest('hex')]);
  return Object.fromEntries([['WEED_GRPC_CA', certificate], ...parties, ...tokens]) as Record<string, string>;
}

function certificateFiles(home: StackHome): { certificate: string; key: string } {
  return { certificate: join(home.folder, 'secrets', 'store-certificate.pem'), key: join(home.folder, 'secrets', 'store-key.pem') };
}

/** In one rename: an interrupted start leaves no half of a file. */
async function writeSecret(path: string, text: string): Promise<void> {
  await writeFile(`${path}.new`, text, { mode: 0o600 });
  await rename(`${path}.new`, path);
}
