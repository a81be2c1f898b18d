import { sleep } from '@temporalio/workflow';
import type { LeaveFamilyInput } from '../../temporal/contract/workflows';
import { OLD_GENERATION_GRACE_MS } from '../planning/housekeeping/removable-generations';
import { cleaning, stepActivities } from '../step-activities';

/** Takes a codec family out of the manifests, and deletes its objects when players have left it. Costs nothing while it waits. */
export async function leaveFamily(input: LeaveFamilyInput): Promise<void> {
  await stepActivities('publish', `take ${input.family} out of the manifests`).withdrawFamily(input);
  await sleep(OLD_GENERATION_GRACE_MS);
  await cleaning(`delete the objects of ${input.family}`).removeFamily(input);
}
