import { withoutPlaces } from '../../infra/redaction/redact-text';

const LINES = 6;
/** The server cuts a failure in the state of a run at 4 KB (`limit.mutableStateActivityFailureSize.error`). */
const CHARACTERS = 1_000;

/** Keys, tokens and digests, in hexadecimal or base64. */
const SECRETS = /[A-Za-z0-9+/_-]{24,}={0,2}/g;

/** The end of what a tool printed, for people who look for the cause: no URL, no path, and nothing that may be a secret. */
export function lastWords(stderrTail: string): string {
  const words = withoutPlaces(stderrTail.trimEnd().split('\n').slice(-LINES).join('\n')).replace(SECRETS, '<hidden>');
  return words.length > CHARACTERS ? `...${words.slice(3 - CHARACTERS)}` : words;
}
