import { withoutNamedSecrets, withoutPlaces } from './redact-text';

/** Long runs that may be keys, tokens or digests, in hexadecimal or base64. */
const LONG_RUNS = /[A-Za-z0-9+/_-]{24,}={0,2}/g;
const ULIDS = /(?<![0-9A-Z])[0-7][0-9A-HJKMNP-TV-Z]{25}(?![0-9A-Z])/g;
const UUIDS = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
/** A part of a name that people gave: a word that may end with a number. */
const WORD = /^[A-Za-z]*\d{0,7}$/;

const SECRET_NAME = /pass(word|wd)|secret|token|signature|credential|authorization|cookie|api_?key|private_?key/i;
/** Fields whose values are patterns and names of our own, never text from outside. */
const PLAIN_FIELDS: ReadonlySet<string> = new Set(['route', 'worker', 'request_id']);
const MOST_DEPTH = 6;

/** Hides secrets, URLs and local paths in what is logged. */
export interface Redactor {
  text(text: string): string;
  /** A copy of any value, errors with their causes included, in which every text is redacted. */
  value(value: unknown): unknown;
}

/** `secrets` are hidden wherever they stand; paths below `projectFolder` become relative to it, so that stack traces stay readable. */
export function createRedactor(secrets: readonly string[], projectFolder: string): Redactor {
  const text = (said: string): string => {
    let kept = said;
    for (const secret of secrets) kept = kept.replaceAll(secret, '<hidden>');
    kept = withoutNamedSecrets(withoutPlaces(kept.replaceAll(`${projectFolder}/`, '')));
    return kept.replace(LONG_RUNS, (run) => (isNameOfOurs(run) ? run : '<hidden>'));
  };
  return { text, value: (value) => redactValue(value, text, 0) };
}

/** Ids of videos and runs, identifiers of code and hyphenated words are no secrets. */
function isNameOfOurs(run: string): boolean {
  const parts = run.replace(UUIDS, '').replace(ULIDS, '').split(/[/_-]/);
  return parts.every((part) => WORD.test(part));
}

function redactValue(value: unknown, text: (said: string) => string, depth: number): unknown {
  if (typeof value === 'string') return text(value);
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MOST_DEPTH) return '<nested>';
  if (value instanceof Error) return redactError(value, text, depth);
  if (value instanceof Date) return value;
  if (Array.isArray(value)) return value.map((entry) => redactValue(entry, text, depth + 1));
  const fields = Object.entries(value).map(([name, entry]): [string, unknown] => {
    if (SECRET_NAME.test(name)) return [name, '<hidden>'];
    return [name, PLAIN_FIELDS.has(name) ? entry : redactValue(entry, text, depth + 1)];
  });
  return Object.fromEntries(fields);
}

function redactError(error: Error, text: (said: string) => string, depth: number): unknown {
  const { code } = error as { code?: unknown };
  return {
    type: error.name,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    message: text(error.message),
    stack: text(error.stack ?? ''),
    ...(error.cause === undefined ? {} : { cause: redactValue(error.cause, text, depth + 1) }),
  };
}
