import pRetry from 'p-retry';
import { TimeoutError } from 'p-timeout';
import { Failure } from '../../temporal/contract/failures';
import { MINUTE_MS } from '../../temporal/contract/units';

/** Attempts to transfer a body, for every caller. */
export const TRANSFER_ATTEMPTS = 5;
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5_000;

/** How long a task waits for a store that is away, rather than lose its output: longer than most stores take to restart. */
export const TASK_PATIENCE_MS = 2 * MINUTE_MS;

/** For how long a call is repeated while the store is away, and what ends the wait early. */
export interface Patience {
  ms: number;
  signal?: AbortSignal | undefined;
}

/** Answers to credentials that S3 does not take (S3 API, list of error codes); most come with 403, some with 400. */
const REFUSALS = new Set([
  'AccessDenied',
  'AccountProblem',
  'AllAccessDisabled',
  'AuthorizationHeaderMalformed',
  'ExpiredToken',
  'InvalidAccessKeyId',
  'InvalidToken',
  'SignatureDoesNotMatch',
  'TokenRefreshRequired',
]);

/** Runs a storage call and turns errors of the network or the store into `StorageUnavailable`. */
export async function storage<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (isRefusal(error))
      throw new Failure('StorageUnavailable', 'Object storage refuses the credentials of this process.', { cause: error });
    if (error instanceof Error && (error.name === 'AbortError' || isClientError(error))) throw error;
    throw new Failure('StorageUnavailable', 'Object storage did not answer.', { cause: error });
  }
}

/**
 * Runs a storage call until it succeeds, as often as `attempts` says and then for as long as patience lasts. The client repeats
 * requests by itself, but neither one whose body is a stream nor one whose answer broke off in its body, and not for long.
 * A store that refuses the credentials is not asked again: waiting changes nothing. One that was silent is asked again for patience alone, since every
 * attempt would last as long.
 * Throws `StorageUnavailable`, or the signal's reason once it is aborted, even if the store has answered meanwhile.
 */
export function lasting<T>(call: () => Promise<T>, { ms, signal }: Patience, attempts = 1): Promise<T> {
  const patientUntil = performance.now() + ms;
  return pRetry(() => storage(call), {
    retries: Infinity,
    minTimeout: FIRST_PAUSE_MS,
    maxTimeout: LONGEST_PAUSE_MS,
    signal,
    onFailedAttempt: () => signal?.throwIfAborted(),
    shouldRetry: ({ error, attemptNumber }) => {
      if (!(error instanceof Failure) || isRefused(error)) return false;
      const isLeft = attemptNumber < attempts && !(error.cause instanceof TimeoutError);
      return isLeft || performance.now() < patientUntil;
    },
  });
}

/** HTTP status of the client's error; 0 without a response. */
export function statusOf(error: unknown): number {
  return (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode ?? 0;
}

/** Whether the store answered, and does not take the credentials or does not permit what was asked. */
export function isRefused(error: unknown): boolean {
  return isRefusal(error instanceof Failure ? error.cause : error);
}

/** An answer to HEAD has no body, so its status is all that it tells. */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return REFUSALS.has(error.name) || [401, 403].includes(statusOf(error));
}

/** A 4xx answer is the caller's to judge; throttling and time-outs are the store's trouble. */
function isClientError(error: Error): boolean {
  const status = statusOf(error);
  return status >= 400 && status < 500 && status !== 429 && status !== 408;
}
