import {
  ScheduleAlreadyRunning,
  ScheduleOverlapPolicy,
  type Client,
  type ScheduleDescription,
  type ScheduleOptions,
} from '@temporalio/client';
import { workflowService } from './client';
import { HOUSEKEEPING_INTERVALS, HOUSEKEEPING_TASKS, type HousekeepingInput, type HousekeepingTask } from './contract/housekeeping';
import { housekeepingScheduleId, WEBHOOKS_SCHEDULE_ID, WORKFLOW_TYPES } from './contract/ids';
import { WORKFLOW_QUEUE } from './contract/queues';
import { MINUTE_MS } from './contract/units';

/** A run that the server was away for is not made up for: the next one does the same. */
const CATCHUP_WINDOW_MS = MINUTE_MS;

/**
 * Makes the schedules of housekeeping and webhooks, or brings those that exist up to date; a paused one stays paused. Can run again and in
 * several processes at once. Throws `WorkflowUnavailable`.
 */
export async function ensureSchedules(client: Client): Promise<void> {
  for (const wanted of [...HOUSEKEEPING_TASKS.map(housekeepingSchedule), webhooksSchedule()]) {
    try {
      await workflowService(client, () => client.schedule.create(wanted));
    } catch (error) {
      if (!(error instanceof ScheduleAlreadyRunning)) throw error;
      await workflowService(client, () => bringUpToDate(client, wanted));
    }
  }
}

/** Ids of the schedules of the service. */
export const SCHEDULE_IDS: readonly string[] = [...HOUSEKEEPING_TASKS.map(housekeepingScheduleId), WEBHOOKS_SCHEDULE_ID];

type ServiceSchedule = ScheduleOptions & {
  spec: { intervals: { every: number; offset: number }[] };
  policies: { overlap: ScheduleOverlapPolicy; catchupWindow: number };
};

function housekeepingSchedule(task: HousekeepingTask): ServiceSchedule {
  const { everyMs, offsetMs } = HOUSEKEEPING_INTERVALS[task];
  const input: HousekeepingInput = { task };
  const times = { every: everyMs, offset: offsetMs };
  return scheduleOf(housekeepingScheduleId(task), times, { workflowType: WORKFLOW_TYPES.housekeeping, args: [input], staticSummary: task });
}

/** The workflow runs for ever; a minute is how long webhooks wait where it never began or had to be ended. A trigger at the start could make a second run. */
function webhooksSchedule(): ServiceSchedule {
  const times = { every: MINUTE_MS, offset: 0 };
  const action = { workflowType: WORKFLOW_TYPES.deliverWebhooks, args: [], staticSummary: 'deliver events to webhooks' };
  return scheduleOf(WEBHOOKS_SCHEDULE_ID, times, action);
}

function scheduleOf(
  scheduleId: string,
  times: { every: number; offset: number },
  action: { workflowType: string; args: unknown[]; staticSummary: string },
): ServiceSchedule {
  return {
    scheduleId,
    spec: { intervals: [times] },
    action: {
      type: 'startWorkflow',
      // The server adds the time of the start.
      workflowId: scheduleId,
      taskQueue: WORKFLOW_QUEUE,
      ...action,
    },
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: CATCHUP_WINDOW_MS },
  };
}

async function bringUpToDate(client: Client, wanted: ServiceSchedule): Promise<void> {
  const handle = client.schedule.getHandle(wanted.scheduleId);
  if (isUpToDate(await handle.describe(), wanted)) return;
  await handle.update((current) => ({ ...current, spec: wanted.spec, action: wanted.action, policies: wanted.policies }));
}

/** An update would also throw away what the schedule knows of its next run, so it is made only for a reason. */
function isUpToDate({ spec, policies }: ScheduleDescription, wanted: ServiceSchedule): boolean {
  const seen = spec.intervals?.map(({ every, offset }) => ({ every, offset }));
  return (
    JSON.stringify(seen) === JSON.stringify(wanted.spec.intervals) &&
    (spec.calendars ?? []).length === 0 &&
    policies.overlap === wanted.policies.overlap &&
    policies.catchupWindow === wanted.policies.catchupWindow
  );
}
