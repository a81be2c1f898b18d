/** Longer than a transaction may take; see `database()`. A number that is missing for longer was given to one that was rolled back. */
export const SETTLED_AFTER_MS = 12_000;

/**
 * The events behind `last` that none with a lower sequence will join any more: up to the first missing number, unless what follows is older
 * than a transaction may be. Transactions of different videos are committed in another order than their sequences are given out.
 */
export function settledEvents<Event extends { sequence: number; occurredAt: Date }>(
  events: readonly Event[],
  last: number,
  nowMs: number,
): Event[] {
  let expected = last + 1;
  const end = events.findIndex(({ sequence, occurredAt }) => {
    const isSettled = sequence === expected || nowMs - occurredAt.getTime() >= SETTLED_AFTER_MS;
    expected = sequence + 1;
    return !isSettled;
  });
  return end === -1 ? [...events] : events.slice(0, end);
}
