import { Failure } from '../../../temporal/contract/failures';

/**
 * An error for the operator's log: one line for a known failure, of which there may be thousands while a dependency is
 * away; stack and causes for anything else. Never a URL: its query can be a signature, its authority a password.
 */
export function describeForLog(error: unknown): string {
  const text = error instanceof Failure ? `${error.type}: ${firstLine(error.cause ?? error)}` : stackAndCauses(error);
  return text.replace(/\b[a-z][a-z0-9+]*:\/\/\S+/gi, '<url>');
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n')[0] ?? '';
}

function stackAndCauses(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause ? `\n  caused by ${stackAndCauses(error.cause)}` : '';
  return `${error.stack ?? error.message}${cause}`;
}
