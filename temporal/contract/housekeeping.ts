import { DAY_MS, HOUR_MS, MINUTE_MS } from './units';

/** Housekeeping tasks, each on a schedule of its own. */
export const HOUSEKEEPING_TASKS = [
  'abandoned-uploads',
  'temporary-objects',
  'codec-tiers',
  'old-views',
  'old-events',
  'old-generations',
  'stuck-runs',
  'drift-report',
] as const;

export type HousekeepingTask = (typeof HOUSEKEEPING_TASKS)[number];

/** How often each task begins, and how long after the full interval, so that they do not all begin at once. */
export const HOUSEKEEPING_INTERVALS: Record<HousekeepingTask, { everyMs: number; offsetMs: number }> = {
  // A user waits for these: the video looks busy and nothing happens.
  'stuck-runs': { everyMs: 5 * MINUTE_MS, offsetMs: 0 },
  // A day of patience is not made longer by an hour.
  'abandoned-uploads': { everyMs: HOUR_MS, offsetMs: 10 * MINUTE_MS },
  // The largest objects of the service; they cost money every hour.
  'temporary-objects': { everyMs: HOUR_MS, offsetMs: 20 * MINUTE_MS },
  // Thresholds are views within an hour.
  'codec-tiers': { everyMs: HOUR_MS, offsetMs: 30 * MINUTE_MS },
  // They are small, but every minute of every watched video has some.
  'old-views': { everyMs: HOUR_MS, offsetMs: 40 * MINUTE_MS },
  // Rows of a few hundred bytes, which nothing waits for.
  'old-events': { everyMs: HOUR_MS, offsetMs: 50 * MINUTE_MS },
  // Each republish removes its own; this finds what that missed, and lists every video to do so.
  'old-generations': { everyMs: DAY_MS, offsetMs: 2 * HOUR_MS },
  // A few requests for every video there is.
  'drift-report': { everyMs: DAY_MS, offsetMs: 3 * HOUR_MS },
};

/** One part of a task: as much as an activity does at once. */
interface HousekeepingPage {
  task: HousekeepingTask;
  /** Where the part before it stopped; null at the beginning. */
  cursor: string | null;
}

/** Counts of findings and actions, by name. */
export type HousekeepingCounts = Record<string, number>;

export interface HousekeepingPageResult {
  /** Where the next part begins; null when there is none. */
  cursor: string | null;
  counts: HousekeepingCounts;
  /** A few of the things that were counted, for a person to look at. */
  examples: string[];
}

export interface HousekeepingReport {
  task: HousekeepingTask;
  startedAtMs: number;
  counts: HousekeepingCounts;
  examples: string[];
}

/** A run hands the rest of its task to the next one when its history grows. */
export interface HousekeepingInput {
  task: HousekeepingTask;
  rest?: HousekeepingRest;
}

export interface HousekeepingRest extends Omit<HousekeepingReport, 'task'> {
  cursor: string | null;
}

export interface HousekeepingActivities {
  doHousekeeping(page: HousekeepingPage): Promise<HousekeepingPageResult>;
  recordHousekeeping(report: HousekeepingReport): Promise<void>;
}
