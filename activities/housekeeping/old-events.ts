import type { HousekeepingWork } from './housekeeping-dependencies';

const ROWS_PER_PART = 1000;

/** Deletes events and ended deliveries that are older than the operator keeps them. What was not delivered yet stays. */
export const oldEvents: HousekeepingWork = async (deps, { cursor }) => {
  const before = new Date(deps.nowMs() - deps.eventsKeptMs);
  const counts = {
    events: await deps.events.removeOld(before, ROWS_PER_PART),
    deliveries: await deps.deliveries.removeEnded(before, ROWS_PER_PART),
  };
  const isMore = Math.max(counts.events, counts.deliveries) === ROWS_PER_PART;
  return { cursor: isMore ? String(Number(cursor ?? 0) + 1) : null, counts, examples: [] };
};
