import { STUCK_AFTER_MS } from '../../workflows/planning/housekeeping/limits';
import {
  RUN_LOST_MESSAGE,
  STATUSES_IN_PROGRESS,
  STEP_IN_PROGRESS,
  type StatusInProgress,
} from '../../workflows/planning/housekeeping/stuck-runs';
import type { HousekeepingWork } from './housekeeping-dependencies';

/** Each costs a question to the workflow service. */
const ROWS_PER_PART = 100;

/** Ends videos that say they are in progress while no workflow runs for them, so that their users can retry. */
export const stuckRuns: HousekeepingWork = async (deps, { cursor, signal }) => {
  const before = new Date(deps.nowMs() - STUCK_AFTER_MS);
  const page = await deps.rows.listUnchanged(STATUSES_IN_PROGRESS, before, { after: cursor ?? '', limit: ROWS_PER_PART });
  const failed: string[] = [];
  for (const row of page) {
    signal.throwIfAborted();
    // One that no workflow service has taken yet is started by the API.
    if (row.workflowStartedAt === null || (await deps.isRunning(row.videoId))) continue;
    const failure = { step: STEP_IN_PROGRESS[row.status as StatusInProgress], failureType: 'RunLost', message: RUN_LOST_MESSAGE } as const;
    if (await deps.rows.failUnchanged(row, failure)) failed.push(row.videoId);
  }
  return {
    cursor: page.length < ROWS_PER_PART ? null : page.at(-1)!.videoId,
    counts: { checked: page.length, failed: failed.length },
    examples: failed.slice(0, 10),
  };
};
