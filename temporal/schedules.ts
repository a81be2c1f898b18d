import {
  ScheduleAlreadyRunning,
  ScheduleOverlapPolicy,
  type Client,
  type ScheduleDescription,
  type ScheduleOptions,
} from '@temporalio/client';
import { workflowService } from './client';
import { HOUSEKEEPING_INTERVALS, HOUSEKEEPING_TASKS, type HousekeepingInput, type HousekeepingTask } from './contract/housekeeping';
import { housekeepingScheduleId, WORKFLOW_TYPES } from './contract/ids';
import { WORKFLOW_QUEUE } from './contract/queues';
import { MINUTE_MS } from './contract/units';

/** A run that the server was away for is not made up for: the next one does the same. */
const CATCHUP_WINDOW_MS = MINUTE_MS;

/**
 * Makes the schedules of housekeeping, or brings those that exist up to date; a paused one stays paused. Can run again and in
 * several processes at once. Throws `WorkflowUnavailable`.
 */
export async function ensureSchedules(client: Client): Promise<void> {
  for (const task of HOUSEKEEPING_TASKS) {
    const wanted = housekeepingSchedule(task);
    try {
      await workflowService(client, () => client.schedule.create(wanted));
    } catch (error) {
      if (!(error instanceof ScheduleAlreadyRunning)) throw error;
      await workflowService(client, () => bringUpToDate(client, wanted));
    }
  }
}

type HousekeepingSchedule = ScheduleOptions & {
  spec: { intervals: { every: number; offset: number }[] };
  policies: { overlap: ScheduleOverlapPolicy; catchupWindow: number };
};

function housekeepingSchedule(task: HousekeepingTask): HousekeepingSchedule {
  const { everyMs, offsetMs } = HOUSEKEEPING_INTERVALS[task];
  const input: HousekeepingInput = { task };
  return {
    scheduleId: housekeepingScheduleId(task),
    spec: { intervals: [{ every: everyMs, offset: offsetMs }] },
    action: {
      type: 'startWorkflow',
      workflowType: WORKFLOW_TYPES.housekeeping,
      // The server adds the time of the start.
      workflowId: housekeepingScheduleId(task),
      taskQueue: WORKFLOW_QUEUE,
      args: [input],
      staticSummary: task,
    },
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: CATCHUP_WINDOW_MS },
  };
}

async function bringUpToDate(client: Client, wanted: HousekeepingSchedule): Promise<void> {
  const handle = client.schedule.getHandle(wanted.scheduleId);
  if (isUpToDate(await handle.describe(), wanted)) return;
  await handle.update((current) => ({ ...current, spec: wanted.spec, action: wanted.action, policies: wanted.policies }));
}

/** An update would also throw away what the schedule knows of its next run, so it is made only for a reason. */
function isUpToDate({ spec, policies }: ScheduleDescription, wanted: HousekeepingSchedule): boolean {
  const seen = spec.intervals?.map(({ every, offset }) => ({ every, offset }));
  return (
    JSON.stringify(seen) === JSON.stringify(wanted.spec.intervals) &&
    (spec.calendars ?? []).length === 0 &&
    policies.overlap === wanted.policies.overlap &&
    policies.catchupWindow === wanted.policies.catchupWindow
  );
}
