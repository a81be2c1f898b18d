/** Bytes of an object, the end included, as in Content-Range. */
export interface ByteRange {
  first: number;
  last: number;
}

/** Unit and one range; several are refused as a whole, which RFC 9110 14.2 allows. Unit names are case-insensitive (14.1). */
const ONE_RANGE = /^bytes=[ \t]*(?:(\d+)-(\d*)|-(\d+))[ \t]*$/i;

/**
 * The range that a `Range` field asks of an object of this size (RFC 9110 14.1.2): null when the whole is to be sent, `unsatisfiable`
 * when it lies behind the end. Numbers may be of any length.
 */
export function resolveRange(field: string | undefined, sizeBytes: number): ByteRange | 'unsatisfiable' | null {
  const match = ONE_RANGE.exec(field ?? '');
  if (!match) return null;
  const end = BigInt(sizeBytes);
  const [, from, to, suffix] = match;
  if (suffix !== undefined) {
    const length = smaller(BigInt(suffix), end);
    return length === 0n ? 'unsatisfiable' : { first: sizeBytes - Number(length), last: sizeBytes - 1 };
  }
  const first = BigInt(from ?? '0');
  const last = to ? BigInt(to) : end - 1n;
  if (to && last < first) return null;
  if (first >= end) return 'unsatisfiable';
  return { first: Number(first), last: Number(smaller(last, end - 1n)) };
}

function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
