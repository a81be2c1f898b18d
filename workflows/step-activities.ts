import type { Priority } from '@temporalio/common';
import { proxyActivities } from '@temporalio/workflow';
import type { PipelineActivities } from '../temporal/contract/activities';
import type { HardwareKind } from '../temporal/contract/media/hardware';
import { STEP_WORK, type RunnableStep } from '../temporal/contract/pipeline';
import { GPU_QUEUE, WORKFLOW_QUEUE } from '../temporal/contract/queues';
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

/** The activities that keep the rows of a video; `summary` is what the Temporal UI shows of the call. */
export function bookkeeping(summary: string): PipelineActivities {
  return proxyActivities<PipelineActivities>(activityOptions(WORKFLOW_QUEUE, 'bookkeeping', summary));
}

/** The activities that delete objects; `summary` is what the Temporal UI shows of the call. */
export function cleaning(summary: string): PipelineActivities {
  return proxyActivities<PipelineActivities>(activityOptions(WORKFLOW_QUEUE, 'cleanUp', summary));
}
