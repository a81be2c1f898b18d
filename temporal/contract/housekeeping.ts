/** What the service does on its own, each on a schedule of its own. */
export const HOUSEKEEPING_TASKS = ['abandoned-uploads', 'temporary-objects', 'old-generations', 'stuck-runs', 'drift-report'] as const;

export type HousekeepingTask = (typeof HOUSEKEEPING_TASKS)[number];

/** One part of a task: as much as an activity does at once. */
export interface HousekeepingPage {
  task: HousekeepingTask;
  /** Where the part before it stopped; null at the beginning. */
  cursor: string | null;
}

/** What was found and done, by name. */
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
