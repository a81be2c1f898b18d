import { MIB } from '../../../temporal/contract/units';

/** A part is held in memory, so that it can be asked for again; the least that still makes transfers efficient. */
const SMALLEST_PART_BYTES = 16 * MIB;
/** S3 user guide, "multipart upload limits". */
const MOST_PARTS = 10_000;

interface StoredPart {
  partNumber: number;
  sizeBytes: number;
}

export interface PartToPull {
  partNumber: number;
  /** First byte, and the one behind the last. */
  start: number;
  end: number;
}

/** Bytes of every part but the last: 16 MiB, or larger whole MiB when `sizeBytes` would need more than 10,000 of them. */
export function pullPartSize(sizeBytes: number, smallest = SMALLEST_PART_BYTES): number {
  return Math.max(smallest, Math.ceil(sizeBytes / MOST_PARTS / MIB) * MIB);
}

/** Parts of the source that are not stored in their full size, in order. */
export function missingParts(bytesTotal: number, partSize: number, stored: readonly StoredPart[]): PartToPull[] {
  const sizes = new Map(stored.map(({ partNumber, sizeBytes }) => [partNumber, sizeBytes]));
  const parts = Array.from({ length: Math.ceil(bytesTotal / partSize) }, (_, index): PartToPull => {
    return { partNumber: index + 1, start: index * partSize, end: Math.min(bytesTotal, (index + 1) * partSize) };
  });
  return parts.filter(({ partNumber, start, end }) => sizes.get(partNumber) !== end - start);
}

/** The first byte, the last one, and the size of the whole (RFC 9110 14.4); null where it is none, or the size is not told. */
export function parseContentRange(text: string | undefined): { first: number; last: number; total: number } | null {
  const [, first, last, total] = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15})$/.exec(text ?? '') ?? [];
  if (total === undefined) return null;
  const range = { first: Number(first), last: Number(last), total: Number(total) };
  return range.first <= range.last && range.last < range.total ? range : null;
}

/** What tells one content of a URL from another, for If-Range: a strong ETag, or Last-Modified (RFC 9110 13.1.5); null without both. */
export function rangeValidator(headers: { etag?: string | undefined; lastModified?: string | undefined }): string | null {
  const { etag, lastModified } = headers;
  const chosen = etag?.startsWith('"') ? etag : lastModified;
  return chosen === undefined || chosen.length > VALIDATOR_MAX_CHARS ? null : chosen;
}

const VALIDATOR_MAX_CHARS = 300;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 60_000;

/** How long to wait before a request is repeated; `repeat` counts from 1. Retry-After (RFC 9110 10.2.3) counts up to a minute. */
export function pauseBeforeMs(repeat: number, retryAfter: string | undefined): number {
  const seconds = /^\d{1,6}$/.test(retryAfter ?? '') ? Number(retryAfter) : 0;
  return Math.min(LONGEST_PAUSE_MS, Math.max(seconds * 1000, FIRST_PAUSE_MS * 2 ** (repeat - 1)));
}
