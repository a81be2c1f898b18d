import { pause } from './pause.ts';
import { UnreachableError } from './problem-error.ts';

const DEPENDENCY_DOWN = 503;
const FIRST_PAUSE_MS = 300;
const LONGEST_PAUSE_MS = 3_000;
/** RFC 9110 9.2.2. */
const IDEMPOTENT_METHODS = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'];
export const IDEMPOTENCY_KEY = 'Idempotency-Key';

/** Sends a request, and has the signature of `fetch` with a `Request`. */
export type Send = (request: Request) => Promise<Response>;

/**
 * A `fetch` that asks again while the API does not answer or answers 503, for `patienceMs`. It repeats only what may be repeated: an
 * idempotent method, or a call with an Idempotency-Key. Rejects with {@link UnreachableError} when there was no answer.
 */
export function patientFetch(send: Send, patienceMs: number): Send {
  return async (request) => {
    const giveUpAt = Date.now() + (isRepeatable(request) ? patienceMs : 0);
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
      const isLast = Date.now() + pauseMs > giveUpAt;
      const answer = await send(request.clone()).catch((cause: unknown) => {
        if (request.signal.aborted) throw cause;
        if (isLast) throw new UnreachableError(request.url, cause);
        return null;
      });
      if (answer !== null && (answer.status !== DEPENDENCY_DOWN || isLast)) return answer;
      await answer?.body?.cancel();
      await pause(pauseMs, request.signal);
    }
  };
}

function isRepeatable({ method, headers }: Request): boolean {
  return IDEMPOTENT_METHODS.includes(method) || headers.has(IDEMPOTENCY_KEY);
}
