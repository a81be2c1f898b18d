import { CancellationScope } from '@temporalio/workflow';
import type { ProtectTitleInput } from '../../temporal/contract/workflows';
import { patiently } from '../patiently';
import { bookkeeping, stepActivities } from '../step-activities';
import { userMessage } from '../user-message';
import { runProtection } from './run-protection';

/**
 * Encrypts a published clear title with its families, without encoding anything, and replaces its manifests. Until then it is played clear
 * as before; afterwards nothing clear is left. Its failure is a warning, and starting it again goes on with what is done.
 */
export async function protectTitle(input: ProtectTitleInput): Promise<void> {
  const { videoId, generation } = input;
  const run = { videoId, generation };
  try {
    const { families } = await patiently(() => stepActivities('publish', 'look what is published').beginProtection(run));
    await runProtection(run);
    for (const joins of families) await runProtection({ ...run, joins });
    await stepActivities('publish', 'replace the published manifests').switchToProtected(run);
    await stepActivities('publish', 'delete clear streams').removeClear(run);
  } catch (error) {
    const { message } = userMessage(error);
    await CancellationScope.nonCancellable(() =>
      bookkeeping('note that the title was not protected').recordWarning({ ...run, step: 'drm', message }),
    );
    throw error;
  }
}
