import { checkedUrl, OutboundRefused, type OutboundRules } from '../../../infra/safe-fetch/outbound-rules';
import { FAILURES } from '../../../temporal/contract/failures';
import { Problem } from '../problems/problem';

/** A folder of a bucket that originals may be copied from; an empty prefix is the whole bucket. */
interface S3Folder {
  bucket: string;
  prefix: string;
}

/** Where a video is pulled from. */
export interface SourceAddress {
  /** With its secrets. */
  address: string;
  /** Without query. */
  shown: string;
  /** What the file is called there. */
  filename: string;
}

/** The field of a request that names a place of the store. */
type PlaceField = 's3_key' | 's3_prefix';

const SHOWN_MAX_CHARS = 2048;
/** S3 user guide, "object key naming guidelines". */
const KEY_MAX_BYTES = 1024;

/** The address of a file on the web. Throws a 422 problem for one that requests must not go to, as far as its text tells. */
export function webAddress(text: string, rules: OutboundRules): SourceAddress {
  try {
    const url = checkedUrl(text, rules);
    url.hash = '';
    const shown = `${url.origin}${url.pathname}`.slice(0, SHOWN_MAX_CHARS);
    return { address: url.href, shown, filename: lastSegment(url.pathname) };
  } catch (error) {
    if (!(error instanceof OutboundRefused)) throw error;
    throw new Problem(422, 'SourceRefused', `${error.message} ${FAILURES.SourceRefused.advice}`, { extensions: { field: 'source_url' } });
  }
}

/**
 * The address of an object in a folder that the operator has opened; without a bucket that of the first folder. Throws a 422 problem for a key with empty
 * or dotted segments, and 403 for any other place.
 */
export function objectAddress({ bucket, key }: { bucket?: string | undefined; key: string }, folders: readonly S3Folder[]): SourceAddress {
  const place = openPlace({ bucket, key }, folders);
  if (key === '' || key.endsWith('/')) throw keyInvalid('s3_key');
  const shown = `s3://${place}/${key}`;
  return { address: shown, shown, filename: lastSegment(key) };
}

/** The bucket of a key or of a prefix in a folder that the operator has opened. Throws like {@link objectAddress}; the problem names `field`. */
export function openPlace(
  { bucket, key }: { bucket?: string | undefined; key: string },
  folders: readonly S3Folder[],
  field: PlaceField = 's3_key',
): string {
  const wanted = bucket ?? folders[0]?.bucket;
  const folder = folders.find((one) => one.bucket === wanted && key.startsWith(one.prefix));
  // An empty prefix is the whole bucket.
  if (key !== '' && hasTricks(key)) throw keyInvalid(field);
  if (folder) return folder.bucket;
  throw new Problem(
    403,
    'SourceForbidden',
    'Videos are not pulled from this place of the store; ask the operator to add its bucket and folder to INGEST_S3_SOURCES.',
    { extensions: { field } },
  );
}

/** What a program on the way could take for another key. */
function hasTricks(key: string): boolean {
  const segments = key.replace(/\/$/, '').split('/');
  // Control characters are what is looked for.
  // eslint-disable-next-line no-control-regex
  const isOdd = /[\u0000-\u001f\u007f\\]|%(2e|2f|5c|00)/i.test(key);
  return isOdd || Buffer.byteLength(key) > KEY_MAX_BYTES || segments.some((segment) => ['', '.', '..'].includes(segment));
}

function keyInvalid(field: PlaceField): Problem {
  const kind = field === 's3_key' ? 'the key of an object' : 'the beginning of keys';
  const sentence = `${field} must be ${kind}: no empty or dotted segments, no encoded slashes.`;
  return new Problem(422, 'SourceKeyInvalid', sentence, { extensions: { field } });
}

function lastSegment(path: string): string {
  const segment = path.split('/').pop() ?? '';
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
