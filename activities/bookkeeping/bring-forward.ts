import { activityInfo } from '@temporalio/activity';
import type { WantedSegments } from '../../temporal/contract/activities';
import { chunkActivityId } from '../../temporal/contract/ids';
import { POLICIES } from '../../temporal/contract/policies';
import { chunksWith } from '../../workflows/planning/run/chunk-order';
import type { ActivityDependencies } from '../task/activity-dependencies';
import { toApplicationFailure, toFailure } from '../task/activity-failure';
import { loadPlan } from '../task/plan-store';

/**
 * Tells which chunks make the segments that viewers wait for, in their order, and brings those forward that the calling workflow has in the
 * queue already. A server that does not do that lets them wait. Fails with `PlanInvalid`, `StorageUnavailable`.
 */
export async function bringForward(
  { objects, bringTasksForward, logger }: Pick<ActivityDependencies, 'objects' | 'bringTasksForward' | 'logger'>,
  wanted: WantedSegments,
): Promise<{ chunks: number[] }> {
  try {
    const chunks = chunksWith(await loadPlan(objects, wanted), wanted.segments);
    const { workflowExecution } = activityInfo();
    if (!workflowExecution) return { chunks };
    await bringTasksForward(workflowExecution, chunks.map(chunkActivityId)).catch((error: unknown) =>
      logger.warn(`chunks that viewers wait for keep their place in the queue: ${String(error)}`),
    );
    return { chunks };
  } catch (error) {
    throw toApplicationFailure(toFailure(error, 'EncodeFailed'), POLICIES.bookkeeping, 0);
  }
}
