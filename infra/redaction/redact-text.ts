const URLS = /\b[a-z][a-z0-9+.-]*:\/\/[^\s'"<>]+/gi;
/** In quotes a path may hold blanks. */
const QUOTED_PATHS = /(['"])(?:\.{0,2}\/)(?!\/)[^'"]*\1/g;
const PATHS = /(?<![\w/])(?:\.{0,2}\/)(?!\/)[^\s'":;,()<>[\]]+/g;
/** `password=...`, `X-Amz-Signature: ...` and `Bearer ...` hide what follows, however short it is. */
const NAMED_SECRETS =
  /((?:pass(?:word|wd)|secret|token|signature|credential|authorization|cookie|api[-_]?key)[\w-]*["']?\s*[=:]\s*["']?(?:bearer\s+|basic\s+)?|\b(?:bearer|basic)\s+)(?!<|(?:is|must|the|names)\b)[^\s'",;&<>]+/gi;

/** The text without URLs, whose query may be a signature and whose authority a password, and without paths. */
export function withoutPlaces(text: string): string {
  return text.replace(URLS, '<url>').replace(QUOTED_PATHS, '<path>').replace(PATHS, '<path>');
}

/** The text without values that a name before them calls secret. */
export function withoutNamedSecrets(text: string): string {
  return text.replace(NAMED_SECRETS, '$1<hidden>');
}
