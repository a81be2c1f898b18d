import type { FailureRecord, WarningRecord } from '../../temporal/contract/activities';
import type { ActivityDependencies } from '../activity-dependencies';

/** Ends the run as failed where the user looks. A run that is no longer the current one changes nothing. */
export async function recordFailure(deps: ActivityDependencies, failure: FailureRecord): Promise<void> {
  await deps.videos.setFailed(failure, failure);
}

/** Notes the failure of an optional step. */
export async function recordWarning(deps: ActivityDependencies, warning: WarningRecord): Promise<void> {
  await deps.videos.addWarning(warning, warning);
}
