import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 100;

/** Polls until `check` is true; false when it is not within `deadlineMs`. What `check` throws counts as not yet. */
export async function waitUntil(check: () => Promise<boolean> | boolean, deadlineMs: number): Promise<boolean> {
  const endsAt = performance.now() + deadlineMs;
  for (;;) {
    if (await succeeds(check)) return true;
    if (performance.now() >= endsAt) return false;
    await sleep(POLL_MS);
  }
}

async function succeeds(check: () => Promise<boolean> | boolean): Promise<boolean> {
  try {
    return await check();
  } catch {
    return false;
  }
}
