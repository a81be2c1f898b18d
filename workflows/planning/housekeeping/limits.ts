import type { HousekeepingTask } from '../../../temporal/contract/housekeeping';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How often each task begins, and how long after the full interval, so that they do not all begin at once. */
export const HOUSEKEEPING_INTERVALS: Record<HousekeepingTask, { everyMs: number; offsetMs: number }> = {
  // Somebody waits for these: the video looks busy and nothing happens.
  'stuck-runs': { everyMs: 5 * MINUTE_MS, offsetMs: 0 },
  // A day of patience is not made longer by an hour.
  'abandoned-uploads': { everyMs: HOUR_MS, offsetMs: 10 * MINUTE_MS },
  // The largest objects of the service; they cost money every hour.
  'temporary-objects': { everyMs: HOUR_MS, offsetMs: 20 * MINUTE_MS },
  // Each republish removes its own; this finds what that missed, and lists every video to do so.
  'old-generations': { everyMs: DAY_MS, offsetMs: 2 * HOUR_MS },
  // A few requests for every video there is.
  'drift-report': { everyMs: DAY_MS, offsetMs: 3 * HOUR_MS },
};

/** A laptop that was shut overnight, or a phone without network for a day, goes on with its upload; after that nobody does. */
export const UPLOAD_ABANDONED_AFTER_MS = DAY_MS;

/** Something may still write for a video that is not in the database or was cancelled; a day outlasts every activity. */
export const QUIET_BEFORE_REMOVAL_MS = DAY_MS;

/** Poster and thumbnails can be made again from what the transcode left, for as long. */
export const READY_KEEPS_TEMPORARY_MS = DAY_MS;

/** Between a row that says "in progress" and its workflow may lie a start that is tried again, and a database that was away. */
export const STUCK_AFTER_MS = 10 * MINUTE_MS;
