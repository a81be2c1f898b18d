import { Failure } from '../../../temporal/contract/failures';

/** Of an answer that must not be used. The sentence holds nothing of the answer, which may hold keys. */
export function refuseAnswer(what: string): never {
  throw new Failure('KeyProviderDenied', `The answer of the key server cannot be used: ${what}.`);
}

/** Bytes of base64 (RFC 4648, 4), with white space as XML allows it; refuses anything else. */
export function base64Bytes(text: string, name: string): Buffer {
  const compact = text.replace(/\s+/g, '');
  const bytes = Buffer.from(compact, 'base64');
  if (compact === '' || bytes.toString('base64') !== compact) refuseAnswer(`${name} is not base64`);
  return bytes;
}
