import type { Priority } from '@temporalio/common';
import { proxyActivities } from '@temporalio/workflow';
import type { PipelineActivities } from '../temporal/contract/activities';
import type { HardwareKind } from '../temporal/contract/media/hardware';
import { STEP_WORK, type RunnableStep } from '../temporal/contract/pipeline';
import { EXPRESS_QUEUE, GPU_QUEUE, WORKFLOW_QUEUE } from '../temporal/contract/queues';
import { PRIORITY_KEYS } from '../temporal/contract/steps';
import { activityOptions } from './activity-options';

/** The activities of a step on its queue, under its policy; `summary` is what the Temporal UI shows of the call. */
export function stepActivities(step: RunnableStep, summary: string): PipelineActivities {
  const { queue, policy } = STEP_WORK[step];
  return proxyActivities<PipelineActivities>(activityOptions(queue, policy, summary));
}

/** How a chunk is scheduled. */
interface ChunkOptions {
  /** Absent in runs that let the SDK number their activities. */
  activityId?: string;
  /** Absent for that of the workflow; its fairness key holds in any case. */
  priority?: Priority;
}

/** The activities of a chunk on the queue of its encoder. */
export function chunkActivities(encoder: HardwareKind | undefined, summary: string, options: ChunkOptions = {}): PipelineActivities {
  const { queue, policy } = STEP_WORK.transcode;
  return proxyActivities<PipelineActivities>({ ...activityOptions(encoder ? GPU_QUEUE : queue, policy, summary), ...options });
}

/** How long what viewers wait for may wait for a slot: where no worker serves its queue, its chunk makes it. */
const EXPRESS_WAIT_MS = 15_000;

/** The activities of what viewers wait for, on the queue that has slots of its own. */
export function expressActivities(summary: string): PipelineActivities {
  return proxyActivities<PipelineActivities>({
    ...activityOptions(EXPRESS_QUEUE, 'express', summary),
    scheduleToStartTimeout: EXPRESS_WAIT_MS,
    priority: { priorityKey: PRIORITY_KEYS.urgent },
    retry: { maximumAttempts: 1 },
  });
}

/** The activities that keep the rows of a video; `summary` is what the Temporal UI shows of the call. */
export function bookkeeping(summary: string): PipelineActivities {
  return proxyActivities<PipelineActivities>(activityOptions(WORKFLOW_QUEUE, 'bookkeeping', summary));
}

/** The activities that delete objects; `summary` is what the Temporal UI shows of the call. */
export function cleaning(summary: string): PipelineActivities {
  return proxyActivities<PipelineActivities>(activityOptions(WORKFLOW_QUEUE, 'cleanUp', summary));
}
