import type { FailureRecord, ReopenRequest, RunRef, WarningRecord } from '../../temporal/contract/activities';
import { firstFamilyOf } from '../../temporal/contract/media/families';
import { POLICIES } from '../../temporal/contract/policies';
import { TASK_TYPE_OF_STEP } from '../../temporal/contract/steps';
import type { ActivityDependencies } from '../task/activity-dependencies';
import { staleRun, toApplicationFailure } from '../task/activity-failure';

/** Sets the status to `failed`, unless the run was superseded. */
export async function recordFailure(deps: ActivityDependencies, failure: FailureRecord): Promise<void> {
  await deps.videos.setFailed(failure, failure);
}

/** Notes the failure of an optional step. */
export async function recordWarning(deps: ActivityDependencies, warning: WarningRecord): Promise<void> {
  await deps.videos.addWarning(warning, warning);
}

/** Resets the rows of a run to where a retry starts. Throws `Cancelled` when the run was superseded. */
export async function reopenRun(deps: Pick<ActivityDependencies, 'videos' | 'tasks'>, request: ReopenRequest): Promise<void> {
  const { videoId, generation, nextGeneration, rerun } = request;
  if (!(await deps.videos.reopen({ videoId, generation }, request))) {
    throw toApplicationFailure(staleRun(), POLICIES.bookkeeping, 0);
  }
  const video = await deps.videos.find(videoId);
  await deps.tasks.reopen(
    { videoId, generation: nextGeneration },
    rerun.map((step) => TASK_TYPE_OF_STEP[step]),
    firstFamilyOf(video?.codecs ?? []),
  );
}

/** Sets the status to `cancelled`. */
export async function recordCancelled(deps: ActivityDependencies, run: RunRef): Promise<void> {
  await deps.videos.setCancelled(run);
}

/** Sets the status to `removed`. */
export async function recordRemoved(deps: ActivityDependencies, { videoId }: { videoId: string }): Promise<void> {
  await deps.videos.setRemoved(videoId);
}
