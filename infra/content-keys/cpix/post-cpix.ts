import pRetry from 'p-retry';
import { Failure } from '../../../temporal/contract/failures';
import { MIB } from '../../../temporal/contract/units';
import type { KeyServer } from './key-server';
import { refuseAnswer } from './refuse-answer';

const RETRIES = 2;
const FIRST_WAIT_MS = 250;
const WAIT_FACTOR = 4;
/** A document with five keys for three systems has some 20 KB. */
const LARGEST_ANSWER_BYTES = MIB;
/** A server that asks for time, and denies nothing (RFC 9110, 15.5.9; RFC 6585, 4). */
const NOT_NOW = new Set([408, 429]);

/** What SPEKE 2.0 ("constraints") has servers say; other words of a server may hold secrets and stay out of sentences. */
const REASONS = [
  'Missing CPIX@contentId',
  'Missing CPIX@version',
  'Unsupported CPIX@version',
  'Missing ContentKey@commonEncryptionScheme',
  'Non compliant ContentKey@commonEncryptionScheme combination',
  'ContentKey@commonEncryptionScheme non compatible with DRMSystem',
  'Unsupported SPEKE version',
  'Malformed encryption contract',
  'Requested CPIX encryption contract not supported',
  'Missing CPIX encryption contract',
];

/**
 * Sends a CPIX document to a key server and resolves to the one that it answers with. A server that does not answer, or with 5xx, is asked
 * three times. Throws `Failure` `KeyProviderUnavailable` then, and `KeyProviderDenied` for an answer that another attempt does not change.
 */
export function postCpix(server: KeyServer, body: string): Promise<string> {
  return pRetry(() => post(server, body), {
    retries: RETRIES,
    minTimeout: FIRST_WAIT_MS,
    factor: WAIT_FACTOR,
    shouldRetry: ({ error }) => error instanceof Failure && error.type === 'KeyProviderUnavailable',
  });
}

async function post(server: KeyServer, body: string): Promise<string> {
  const response = await answered(server, () =>
    fetch(server.url, {
      method: 'POST',
      body,
      headers: { ...server.headers(), 'Content-Type': 'application/xml', 'X-Speke-Version': server.spekeVersion },
      // A redirect would take the credentials to another host.
      redirect: 'manual',
      signal: AbortSignal.timeout(server.timeoutMs),
    }),
  );
  const text = await answered(server, () => limitedText(response));
  if (response.status >= 500 || NOT_NOW.has(response.status)) throw unavailable(server, `answered with ${response.status}`);
  if (response.status !== 200) throw denied(server, response.status, text ?? '');
  if (!/^(application|text)\/xml\s*(;\s*charset="?utf-8"?\s*)?$/i.test(response.headers.get('content-type') ?? ''))
    refuseAnswer('its Content-Type is not application/xml');
  // SPEKE 2.0, "API specification": the server repeats the version.
  if ((response.headers.get('x-speke-version') ?? server.spekeVersion) !== server.spekeVersion)
    refuseAnswer('it is of another version of SPEKE');
  return text ?? refuseAnswer('it is too large or no UTF-8');
}

/** The errors of `fetch` may quote what was sent, so only their codes go on. */
async function answered<T>(server: KeyServer, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const { name, cause } = error as { name?: string; cause?: { code?: unknown } };
    const code = typeof cause?.code === 'string' ? cause.code : (name ?? 'error');
    throw unavailable(server, `did not answer (${code})`);
  }
}

/** Null when it is larger than an answer can be, or not UTF-8. */
async function limitedText(response: Response): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += (chunk as Uint8Array).length;
    // Leaving the loop cancels the body.
    if (bytes > LARGEST_ANSWER_BYTES) return null;
    chunks.push(chunk);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    return null;
  }
}

function unavailable({ name }: KeyServer, what: string): Failure {
  return new Failure('KeyProviderUnavailable', `The key server "${name}" ${what}.`);
}

function denied({ name }: KeyServer, status: number, text: string): Failure {
  if (status >= 300 && status < 400)
    return new Failure('KeyProviderDenied', `The key server "${name}" redirects, which is not followed: set its final address.`);
  const reason = REASONS.find((known) => text.includes(known));
  return new Failure('KeyProviderDenied', `The key server "${name}" denied the keys with ${status}${reason ? `: ${reason}` : ''}.`);
}
