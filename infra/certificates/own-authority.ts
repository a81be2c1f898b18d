import 'reflect-metadata';
import { KeyObject, webcrypto } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BasicConstraintsExtension, SubjectAlternativeNameExtension, X509CertificateGenerator, type X509Certificate } from '@peculiar/x509';
import { DAY_MS } from '../../temporal/contract/units';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** PEM files of a certificate and its key. */
export interface CertificateFiles {
  certFile: string;
  keyFile: string;
}

/** A certificate authority for one purpose, whose key is gone with the object; its files and those of what it signs lie in `folder`. */
export class OwnAuthority {
  private serial = 1;

  private constructor(
    private readonly folder: string,
    /** PEM file of its own certificate. */
    readonly caFile: string,
    private readonly own: { keys: webcrypto.CryptoKeyPair; issuer: X509Certificate; validMs: number },
  ) {}

  /** Its certificates are good for `validMs` from now on. */
  static async create(folder: string, { name = 'authority', validMs = DAY_MS } = {}): Promise<OwnAuthority> {
    const keys = await newKeys();
    const subject = `CN=${name}`;
    const extensions = [new BasicConstraintsExtension(true, 1, true)];
    const certificate = await X509CertificateGenerator.createSelfSigned({
      ...{ name: subject, keys, extensions, serialNumber: '01', signingAlgorithm: ALGORITHM },
      ...lifetime(validMs),
    });
    const caFile = join(folder, `${name}.pem`);
    await writeFile(caFile, certificate.toString('pem'));
    return new OwnAuthority(folder, caFile, { keys, issuer: certificate, validMs });
  }

  /** A certificate for a server or client of this DNS name, and for 127.0.0.1. */
  async sign(name: string): Promise<CertificateFiles> {
    const keys = await newKeys();
    const certificate = await X509CertificateGenerator.create({
      ...{ subject: `CN=${name}`, issuer: this.own.issuer.subject, publicKey: keys.publicKey, signingKey: this.own.keys.privateKey },
      ...{ serialNumber: (++this.serial).toString(16).padStart(2, '0'), signingAlgorithm: ALGORITHM },
      extensions: [
        new SubjectAlternativeNameExtension([
          { type: 'dns', value: name },
          { type: 'ip', value: '127.0.0.1' },
        ]),
      ],
      ...lifetime(this.own.validMs),
    });
    const files = { certFile: join(this.folder, `${name}.pem`), keyFile: join(this.folder, `${name}-key.pem`) };
    await writeFile(files.certFile, certificate.toString('pem'));
    await writeFile(files.keyFile, KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
    return files;
  }
}

function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}

/** It begins a day ago: a clock that is set back does not lock clients out. */
function lifetime(validMs: number) {
  return { notBefore: new Date(Date.now() - DAY_MS), notAfter: new Date(Date.now() + validMs) };
}
