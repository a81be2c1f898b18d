import { Problem } from '../../problems/problem';

/** Types and trees of types that no container of video comes under; playlists name other files. */
const OTHER_KINDS = [
  /^(text|image|font|message|model)\//,
  /^application\/(json|xml|pdf|zip|gzip|rtf|javascript|wasm|x-www-form-urlencoded|x-sh|x-tar|x-msdownload|msword)$/,
  /^application\/(vnd\.ms-(?!asf)|vnd\.openxmlformats|vnd\.oasis)/,
  // RFC 6838 4.2.8: the suffix names the syntax.
  /^[^/]+\/[^/]+\+(json|xml|zip)$/,
  /^(application|audio)\/(vnd\.apple\.mpegurl|x-mpegurl|mpegurl)$/,
  /^multipart\//,
];
const UNKNOWN = 'application/octet-stream';
/** Type and subtype are tokens (RFC 9110 8.3.1, 5.6.2). */
const ESSENCE = /^[a-z0-9!#$%&'*+.^_`|~-]+\/[a-z0-9!#$%&'*+.^_`|~-]+$/;
const MAX_CHARS = 127;

/**
 * True for a type under which no video comes. What a client announces is a hint: anything else is taken, and the probe decides.
 */
export function isOtherContentType(contentType: string): boolean {
  const type = storedContentType(contentType);
  return OTHER_KINDS.some((pattern) => pattern.test(type));
}

/** Throws a 415 problem for a type under which no video comes. */
export function refuseOtherContent(contentType: string): void {
  if (!isOtherContentType(contentType)) return;
  const sentence = 'content_type names another kind of file; send a video type such as video/mp4, or leave it empty when it is unknown.';
  throw new Problem(415, 'ContentTypeUnsupported', sentence, { extensions: { field: 'content_type' } });
}

/** The type without its parameters, in lower case; `application/octet-stream` for what is no media type. */
export function storedContentType(contentType: string): string {
  const type = (contentType.split(';')[0] ?? '').trim().toLowerCase();
  return type.length <= MAX_CHARS && ESSENCE.test(type) ? type : UNKNOWN;
}
