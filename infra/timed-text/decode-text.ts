import { isUtf8 } from 'node:buffer';
import { decode } from 'iconv-lite';

export const TEXT_ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;

export type TextEncoding = (typeof TEXT_ENCODINGS)[number];

/** The share of zero bytes from which on text of two bytes a character is meant: Latin letters have one each. */
const ZERO_SHARE = 0.2;
const LOOKED_AT_BYTES = 4096;
/** What bytes that stand for no character become. */
const NO_CHARACTER = /[\ufffd\u0081\u008d\u008f\u0090\u009d]/;

/**
 * The characters of a text file, by its byte order mark, its zero bytes or the validity of its UTF-8, and as Windows-1252 otherwise. Null for
 * bytes that are no text.
 */
export function decodeText(bytes: Uint8Array): { text: string; encoding: TextEncoding } | null {
  const encoding = encodingOf(bytes);
  const text = decode(Buffer.from(bytes), encoding);
  const isBinary = text.includes('\0') || (encoding === 'windows-1252' && NO_CHARACTER.test(text));
  return isBinary ? null : { text, encoding };
}

function encodingOf(bytes: Uint8Array): TextEncoding {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const head = bytes.subarray(0, LOOKED_AT_BYTES);
  const zeros = (parity: number) => head.filter((byte, index) => byte === 0 && index % 2 === parity).length / Math.max(1, head.length);
  if (zeros(1) > ZERO_SHARE) return 'utf-16le';
  if (zeros(0) > ZERO_SHARE) return 'utf-16be';
  return isUtf8(bytes) ? 'utf-8' : 'windows-1252';
}
