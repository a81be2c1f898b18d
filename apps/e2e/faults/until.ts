import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 200;

/**
 * Polls until `look` finds something and resolves to it. An error counts as nothing yet, because a service may be
 * away. Throws with `what` and the last error when it is not found within `limitMs`.
 */
export async function until<T>(
  what: string,
  limitMs: number,
  look: () => Promise<T | null | undefined | false> | T | null | undefined | false,
): Promise<T> {
  const endsAt = Date.now() + limitMs;
  for (;;) {
    let last: unknown;
    try {
      const found = await look();
      if (found) return found;
    } catch (error) {
      last = error;
    }
    if (Date.now() > endsAt) throw new Error(`it did not happen within ${limitMs / 1000} s: ${what}`, { cause: last });
    await sleep(POLL_MS);
  }
}
