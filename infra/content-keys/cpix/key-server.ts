import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { SecretText } from '../local/master-keys';
import type { SpekeVersion } from './cpix-request';
import type { DeliveryCertificate } from './encrypted-delivery';

/** The value of a header: as it stands, or the variable of the environment or the file that holds it. */
type HeaderSource = { value: SecretText } | { env: string } | { file: string };

/** A key server as an operator describes it. */
export interface KeyServerSettings {
  name: string;
  url: string;
  spekeVersion: SpekeVersion;
  /** Of one attempt. */
  timeoutMs: number;
  headers: Readonly<Record<string, HeaderSource>>;
  /** Keys come encrypted for this certificate (PEM files); null: as they are, inside TLS. */
  encryptedDelivery: { privateKeyFile: string; certificateFile: string } | null;
}

/** A key server that can be asked. */
export interface KeyServer extends Pick<KeyServerSettings, 'name' | 'url' | 'spekeVersion' | 'timeoutMs'> {
  /** With their secrets; a function, so that nothing prints them. */
  headers: () => Record<string, string>;
  delivery: DeliveryCertificate | null;
}

/** Printable ASCII (RFC 9110, 5.5): a client quotes a value that it does not take in its error. */
const HEADER_VALUE = /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/;

/** SPEKE 2.0, "content key encryption". */
const LEAST_RSA_BITS = 2048;

/** Reads the secrets of a key server. What is missing is told in a sentence, since everything but its videos works without. */
export function openKeyServer(
  settings: KeyServerSettings,
  variable: (name: string) => string | undefined,
): { server: KeyServer } | { problem: string } {
  const headers: Record<string, string> = {};
  for (const [name, source] of Object.entries(settings.headers)) {
    const value = valueOf(source, variable);
    if (value === null || !HEADER_VALUE.test(value))
      return { problem: `The value of the header ${name} is missing or no text of one line.` };
    headers[name] = value;
  }
  const opened = settings.encryptedDelivery ? openDelivery(settings.encryptedDelivery) : { delivery: null };
  if ('problem' in opened) return opened;
  const { name, url, spekeVersion, timeoutMs } = settings;
  return { server: { name, url, spekeVersion, timeoutMs, headers: () => headers, delivery: opened.delivery } };
}

function valueOf(source: HeaderSource, variable: (name: string) => string | undefined): string | null {
  if ('value' in source) return source.value.reveal();
  if ('env' in source) return variable(source.env) ?? null;
  return read(source.file)?.trim() ?? null;
}

function openDelivery({
  privateKeyFile,
  certificateFile,
}: NonNullable<KeyServerSettings['encryptedDelivery']>): { delivery: DeliveryCertificate } | { problem: string } {
  const [keyPem, certificatePem] = [read(privateKeyFile), read(certificateFile)];
  if (keyPem === null || certificatePem === null) return { problem: 'A file of encrypted_delivery cannot be read.' };
  try {
    const privateKey = createPrivateKey(keyPem);
    const certificate = new X509Certificate(certificatePem);
    const bits = privateKey.asymmetricKeyDetails?.modulusLength ?? 0;
    if (privateKey.asymmetricKeyType !== 'rsa' || bits < LEAST_RSA_BITS)
      return { problem: `The private key of encrypted_delivery is no RSA key of at least ${LEAST_RSA_BITS} bits.` };
    if (!certificate.checkPrivateKey(privateKey))
      return { problem: 'Certificate and private key of encrypted_delivery do not belong together.' };
    return { delivery: { privateKey, certificate: certificate.raw.toString('base64') } };
  } catch {
    return { problem: 'A file of encrypted_delivery is no PEM of a private key or a certificate.' };
  }
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
