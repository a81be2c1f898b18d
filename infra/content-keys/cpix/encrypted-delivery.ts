import { constants, createDecipheriv, createHmac, privateDecrypt, timingSafeEqual, type KeyObject } from 'node:crypto';
import type { CpixContentKey, CpixDeliveryData, CpixDocument } from './cpix-document';
import { base64Bytes, refuseAnswer } from './refuse-answer';

const RSA_OAEP = 'http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p';
const AES_256_CBC = 'http://www.w3.org/2001/04/xmlenc#aes256-cbc';
const HMAC_SHA512 = 'http://www.w3.org/2001/04/xmldsig-more#hmac-sha512';
const DOCUMENT_KEY_BYTES = 32;
const IV_BYTES = 16;
const LEAST_MAC_KEY_BYTES = 32;

/** The certificate that keys are encrypted for, and the key that opens them. */
export interface DeliveryCertificate {
  /** DER, base64. */
  certificate: string;
  privateKey: KeyObject;
}

type Secret = CpixContentKey['Data']['Secret'];

/** Opens the values of one document. */
export type ValueReader = (secret: Secret) => Buffer;

/**
 * How content keys are read: as they stand, or, where a certificate was sent, with the document's key (CPIX 2.3, 9.1 and 9.2). What comes
 * in the other way is refused.
 */
export function valueReader(document: CpixDocument, delivery: DeliveryCertificate | null): ValueReader {
  if (!delivery) return plainValue;
  const { documentKey, macKey } = documentKeys(document, delivery);
  return ({ PlainValue, EncryptedValue, ValueMAC }) => {
    if (PlainValue !== undefined || !EncryptedValue) return refuseAnswer('a key is not encrypted, which was asked for');
    if (EncryptedValue.EncryptionMethod !== AES_256_CBC) refuseAnswer('a key is encrypted in a way that CPIX does not have');
    const cipher = base64Bytes(EncryptedValue.CipherData, 'an encrypted key');
    verifyMac(cipher, ValueMAC, macKey);
    return decrypt(cipher, documentKey);
  };
}

function plainValue({ PlainValue, EncryptedValue }: Secret): Buffer {
  if (PlainValue === undefined || EncryptedValue) return refuseAnswer('a key is encrypted, which was not asked for');
  return base64Bytes(PlainValue, 'a key');
}

function documentKeys(document: CpixDocument, delivery: DeliveryCertificate): { documentKey: Buffer; macKey: Buffer } {
  const { DocumentKey, MACMethod } = ownDelivery(document, delivery);
  if (!DocumentKey || !MACMethod) return refuseAnswer('it lacks the key of the document or of its MACs');
  if (DocumentKey['@Algorithm'] !== AES_256_CBC || MACMethod['@Algorithm'] !== HMAC_SHA512)
    refuseAnswer('it names algorithms that CPIX does not have');
  const { EncryptedValue, ValueMAC } = DocumentKey.Data.Secret;
  const macKey = openWithRsa(MACMethod.Key.EncryptedValue, delivery.privateKey);
  if (macKey.length < LEAST_MAC_KEY_BYTES) refuseAnswer('the key of its MACs is too short');
  if (ValueMAC !== undefined) verifyMac(base64Bytes(EncryptedValue.CipherData, 'the key of the document'), ValueMAC, macKey);
  const documentKey = openWithRsa(EncryptedValue, delivery.privateKey);
  if (documentKey.length !== DOCUMENT_KEY_BYTES) refuseAnswer('the key of the document has not 32 bytes');
  return { documentKey, macKey };
}

function ownDelivery({ DeliveryDataList }: CpixDocument, { certificate }: DeliveryCertificate): CpixDeliveryData {
  const own = DeliveryDataList?.DeliveryData.find(({ DeliveryKey }) => DeliveryKey.replace(/\s+/g, '') === certificate);
  return own ?? refuseAnswer('no key is encrypted for our certificate');
}

function openWithRsa({ EncryptionMethod, CipherData }: NonNullable<Secret['EncryptedValue']>, key: KeyObject): Buffer {
  if (EncryptionMethod !== RSA_OAEP) refuseAnswer('it names algorithms that CPIX does not have');
  const cipher = base64Bytes(CipherData, 'an encrypted key');
  try {
    // XML Encryption 5.4.2: the algorithm of this name hashes with SHA-1.
    return privateDecrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' }, cipher);
  } catch {
    return refuseAnswer('its keys do not open with our private key');
  }
}

/** The MAC is over IV and cipher text (RFC 6030, 6.1), and verified before anything is decrypted. */
function verifyMac(cipher: Buffer, mac: string | undefined, macKey: Buffer): void {
  const own = createHmac('sha512', macKey).update(cipher).digest();
  const given = mac === undefined ? null : base64Bytes(mac, 'a MAC');
  if (given?.length !== own.length || !timingSafeEqual(given, own)) refuseAnswer('the MAC of a key is wrong or missing');
}

function decrypt(cipher: Buffer, documentKey: Buffer): Buffer {
  try {
    const decipher = createDecipheriv('aes-256-cbc', documentKey, cipher.subarray(0, IV_BYTES));
    return Buffer.concat([decipher.update(cipher.subarray(IV_BYTES)), decipher.final()]);
  } catch {
    return refuseAnswer('an encrypted key does not open');
  }
}
