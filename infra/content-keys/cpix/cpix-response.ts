import { contentKey, type ContentKey, type KeySignalling } from '../content-keys';
import { parseCpix, type CpixContentKey, type CpixDocument } from './cpix-document';
import type { CpixQuery } from './cpix-request';
import { valueReader, type DeliveryCertificate } from './encrypted-delivery';
import { base64Bytes, refuseAnswer } from './refuse-answer';
import { servedSignalling } from './served-signalling';

/** AES-128 (ISO/IEC 23001-7). */
const KEY_BYTES = 16;
const IV_BYTES = 16;

/**
 * The keys in the answer to a query, in its order: those that were asked for, each once, and nothing else.
 * Throws `Failure` `KeyProviderDenied`.
 */
export function keysInAnswer(xml: string, query: CpixQuery, delivery: DeliveryCertificate | null): ContentKey[] {
  const document = parseCpix(xml);
  if (document['@contentId'] !== query.contentId) refuseAnswer('it is about another video');
  const served = servedKeys(document, query);
  const readValue = valueReader(document, delivery);
  const systems = document.DRMSystemList?.DRMSystem ?? [];
  const keys = query.keys.map(({ label, kid, iv }) => {
    const element = served.get(kid) ?? refuseAnswer(`the key for ${label} is missing`);
    const key = readValue(element.Data.Secret);
    if (key.length !== KEY_BYTES) refuseAnswer('a key has not 16 bytes');
    const signalling = servedSignalling(kid, query, systems);
    return contentKey({ label, kid, key: key.toString('hex'), iv: query.scheme === 'cbcs' ? constantIv(element, iv) : iv, signalling });
  });
  if (new Set(keys.map(({ key }) => key)).size !== keys.length) refuseAnswer('two keys are the same');
  const signalled = keys.map(({ signalling }) => signalling);
  if (keys.some(({ key }) => signalled.some((one) => one !== null && tellsKey(one, key)))) refuseAnswer('a key is in what players read');
  return keys;
}

/** Whether what is published has a key in it, written in any usual way. */
function tellsKey({ pssh, ...texts }: KeySignalling, key: string): boolean {
  const bytes = Buffer.from(key, 'hex');
  const published = JSON.stringify(texts);
  const hexDigits = published.toLowerCase().replace(/[^\da-f]/g, '');
  const isInText = [bytes.toString('base64').replace(/=+$/, ''), bytes.toString('base64url')].some((text) => published.includes(text));
  return isInText || hexDigits.includes(key) || pssh.some((box) => Buffer.from(box, 'base64').includes(bytes));
}

function servedKeys({ ContentKeyList }: CpixDocument, { keys, scheme }: CpixQuery): Map<string, CpixContentKey> {
  const asked = new Set(keys.map(({ kid }) => kid));
  const served = new Map<string, CpixContentKey>();
  for (const element of ContentKeyList.ContentKey) {
    const kid = element['@kid'];
    if (!asked.has(kid)) refuseAnswer('it has a key that was not asked for');
    if (served.has(kid)) refuseAnswer('it has a key twice');
    if ((element['@commonEncryptionScheme'] ?? scheme) !== scheme) refuseAnswer('a key is for another scheme');
    served.set(kid, element);
  }
  return served;
}

/** A server may put its own in the place of the one that was asked for (SPEKE 2.0, "constraints"). */
function constantIv({ '@explicitIV': explicitIv }: CpixContentKey, own: string): string {
  if (explicitIv === undefined) return own;
  const bytes = base64Bytes(explicitIv, 'an IV');
  if (bytes.length !== IV_BYTES) refuseAnswer('an IV has not 16 bytes');
  return bytes.toString('hex');
}
