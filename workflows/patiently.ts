import { sleep } from '@temporalio/workflow';
import type { NotYet } from '../temporal/contract/results';
import { MINUTE_MS } from '../temporal/contract/units';

const FIRST_WAIT_MS = 2_000;
/** What is waited for may take hours, and each call takes events of the history. */
const LONGEST_WAIT_MS = 5 * MINUTE_MS;

/** Repeats a call until its answer is another than `NotYet`. Waiting costs no worker. */
export async function patiently<T extends object>(call: () => Promise<T | NotYet>): Promise<T> {
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS)) {
    const answer = await call();
    if (!('notYet' in answer)) return answer;
    await sleep(waitMs);
  }
}
