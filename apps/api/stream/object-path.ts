import { isValid } from 'ulid';

const SEGMENT = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/** The key of a published object, or null when the address cannot be one. Segments that start with a dot never are. */
export function publishedKey(videoId: string, path: string): string | null {
  if (!isValid(videoId)) return null;
  const segments = path.split('/');
  return segments.every((segment) => SEGMENT.test(segment)) ? `${videoId}/${path}` : null;
}

/** The range to ask the store for; several ranges or another unit are ignored, as RFC 9110 14.2 allows. */
export function singleRange(header: string | undefined): string | undefined {
  return header !== undefined && /^bytes=(\d+-\d*|-\d+)$/.test(header) ? header : undefined;
}
