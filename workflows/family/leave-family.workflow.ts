import { proxyActivities, sleep } from '@temporalio/workflow';
import type { PipelineActivities } from '../../temporal/contract/activities';
import type { LeaveFamilyInput } from '../../temporal/contract/workflows';
import { activityOptions } from '../activity-options';
import { OLD_GENERATION_GRACE_MS } from '../planning/housekeeping/removable-generations';
import { stepActivities } from '../step-activities';

/** Takes a codec family out of the manifests, and deletes its objects when players have left it. Costs nothing while it waits. */
export async function leaveFamily(input: LeaveFamilyInput): Promise<void> {
  await stepActivities('publish', `take ${input.family} out of the manifests`).withdrawFamily(input);
  await sleep(OLD_GENERATION_GRACE_MS);
  const summary = `delete the objects of ${input.family}`;
  await proxyActivities<PipelineActivities>(activityOptions('package', 'cleanUp', summary)).removeFamily(input);
}
