import { sleep } from '@temporalio/workflow';
import type { ChangeTextInput } from '../../temporal/contract/workflows';
import { OLD_GENERATION_GRACE_MS } from '../planning/housekeeping/removable-generations';
import { cleaning, stepActivities } from '../step-activities';

/** Takes an added text track into the manifests of a published video, or a removed one out of them; its objects go when players have left it. */
export async function changeText({ isRemoved, ...ref }: ChangeTextInput): Promise<void> {
  await stepActivities('publish', 'replace the manifests for subtitles').publishText({ videoId: ref.videoId });
  if (!isRemoved) return;
  await sleep(OLD_GENERATION_GRACE_MS);
  await cleaning('delete the objects of removed subtitles').removeText(ref);
}
