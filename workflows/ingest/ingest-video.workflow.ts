import { CancellationScope, isCancellation, proxyActivities } from '@temporalio/workflow';
import type { PipelineActivities } from '../../temporal/contract/activities';
import { POLICIES } from '../../temporal/contract/policies';
import type { IngestInput } from '../../temporal/contract/workflows';
import { activityOptions } from '../activity-options';
import { bookkeeping } from '../step-activities';
import { userMessage } from '../user-message';

/** Of all attempts and the pauses between them. */
const LONGEST_PULL_MS = 2 * POLICIES.ingest.startToCloseMs;

/**
 * Pulls the original of a video. The row is `uploaded` behind it, from where the workflow of the video starts as after an upload. A failure
 * parks the row as `failed`; a retry is another workflow and keeps the stored parts.
 */
export async function ingestVideo({ videoId }: IngestInput): Promise<void> {
  const options = { ...activityOptions('ingest', 'ingest', 'pull the original'), scheduleToCloseTimeout: LONGEST_PULL_MS };
  try {
    await proxyActivities<PipelineActivities>(options).ingest({ videoId });
  } catch (error) {
    // The row says why it was cancelled before the workflow hears of it.
    if (isCancellation(error)) throw error;
    const { type, message } = userMessage(error);
    await CancellationScope.nonCancellable(() =>
      bookkeeping('record that the original was not pulled').recordIngestFailure({ videoId, failureType: type, message }),
    );
    throw error;
  }
}
