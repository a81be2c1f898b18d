import { proxyActivities, sleep } from '@temporalio/workflow';
import type { PipelineActivities } from '../temporal/contract/activities';
import { MINUTE_MS } from '../temporal/contract/units';
import type { CleanUpInput } from '../temporal/contract/workflows';
import { activityOptions } from './activity-options';
import { OLD_GENERATION_GRACE_MS } from './planning/housekeeping/removable-generations';

/** The manifests are stored a moment before this starts; a minute makes sure that their grace period is over by the time of the check. */
const MARGIN_MS = MINUTE_MS;

/** Waits until players have left the generation that a republish replaced, then removes it. Costs nothing while it waits. */
export async function cleanUp({ videoId }: CleanUpInput): Promise<void> {
  await sleep(OLD_GENERATION_GRACE_MS + MARGIN_MS);
  await proxyActivities<PipelineActivities>(activityOptions('package', 'cleanUp', 'remove old generations')).removeOldGenerations({
    videoId,
  });
}
