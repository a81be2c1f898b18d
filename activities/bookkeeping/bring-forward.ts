import { activityInfo } from '@temporalio/activity';
import type { BroughtForward, WantedSegments } from '../../temporal/contract/activities';
import { chunkActivityId } from '../../temporal/contract/ids';
import { POLICIES } from '../../temporal/contract/policies';
import { chunksWith } from '../../workflows/planning/run/chunk-order';
import { expressSegments } from '../../workflows/planning/run/express';
import type { ActivityDependencies } from '../task/activity-dependencies';
import { toApplicationFailure, toFailure } from '../task/activity-failure';
import { loadPlan } from '../task/plan-store';

/**
 * Tells which chunks make the segments that viewers wait for, in their order, and which segments come before their chunks. Chunks that the calling
 * workflow has in the queue already are brought forward; a server that does not do that lets them wait. Fails with `PlanInvalid`, `StorageUnavailable`.
 */
export async function bringForward(
  { objects, bringTasksForward, logger }: Pick<ActivityDependencies, 'objects' | 'bringTasksForward' | 'logger'>,
  wanted: WantedSegments,
): Promise<BroughtForward> {
  try {
    const plan = await loadPlan(objects, wanted);
    const chunks = chunksWith(plan, wanted.segments);
    const express = expressSegments(plan, wanted.family, wanted.segments);
    const result = { chunks, ...(express.length > 0 ? { express } : {}) };
    const { workflowExecution } = activityInfo();
    if (!workflowExecution) return result;
    await bringTasksForward(workflowExecution, chunks.map(chunkActivityId)).catch((error: unknown) =>
      logger.warn(`chunks that viewers wait for keep their place in the queue: ${String(error)}`),
    );
    return result;
  } catch (error) {
    throw toApplicationFailure(toFailure(error, 'EncodeFailed'), POLICIES.bookkeeping, 0);
  }
}
