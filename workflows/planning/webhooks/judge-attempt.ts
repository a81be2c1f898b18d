import { POLICIES } from '../../../temporal/contract/policies';
import { DAY_MS } from '../../../temporal/contract/units';

/** After so long without a success a webhook is disabled. */
const FAILING_MAX_MS = 7 * DAY_MS;
/** RFC 9110 15.5.11: the receiver is gone, and means it. */
const GONE = 410;

/** An attempt to deliver an event. */
export interface Attempted {
  /** Null when there was no answer. */
  responseStatus: number | null;
  /** Attempts of this delivery, with this one. */
  attempts: number;
  nowMs: number;
  /** The first failure of the webhook since its last success; null when there is none. */
  failingSinceMs: number | null;
}

/** What the attempt means. */
export interface Judged {
  status: 'delivered' | 'waiting' | 'failed';
  nextAttemptAtMs: number;
  disable: 'gone' | 'failing' | null;
}

/** 2xx is a success. Anything else, redirects included, is tried again later, until the attempts of the policy are used up. */
export function judgeAttempt({ responseStatus, attempts, nowMs, failingSinceMs }: Attempted): Judged {
  if (responseStatus !== null && responseStatus >= 200 && responseStatus < 300)
    return { status: 'delivered', nextAttemptAtMs: nowMs, disable: null };
  if (responseStatus === GONE) return { status: 'failed', nextAttemptAtMs: nowMs, disable: 'gone' };
  const isOver = attempts >= POLICIES.notify.attempts;
  const disable = failingSinceMs !== null && nowMs - failingSinceMs >= FAILING_MAX_MS ? 'failing' : null;
  return { status: isOver ? 'failed' : 'waiting', nextAttemptAtMs: nowMs + waitMs(attempts), disable };
}

function waitMs(attempts: number): number {
  const { initialIntervalMs, backoffCoefficient, maximumIntervalMs } = POLICIES.notify;
  return Math.min(maximumIntervalMs, initialIntervalMs * backoffCoefficient ** (attempts - 1));
}
