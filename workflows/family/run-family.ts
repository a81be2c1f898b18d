import { CancellationScope, executeChild, getExternalWorkflowHandle, ParentClosePolicy } from '@temporalio/workflow';
import { transcodeFamilyWorkflowId } from '../../temporal/contract/ids';
import type { TranscodeFamilyInput } from '../../temporal/contract/workflows';
import { transcodeFamily } from './transcode-family.workflow';

/** How often chunks are made again for their tools: a fleet that is upgraded meanwhile needs one; one whose workers differ for good is told so. */
export const MOST_REMAKES = 2;

/** Runs the workflow of one codec family as a child. Throws its failure, or the cancellation once the family has ended. */
export async function runFamily(input: TranscodeFamilyInput): Promise<void> {
  const workflowId = transcodeFamilyWorkflowId(input.videoId, input.generation, input.family);
  let over = false;
  CancellationScope.current().cancelRequested.catch(async () => {
    if (!over) await cancelLatestRun(workflowId);
  });
  try {
    await executeChild(transcodeFamily, {
      workflowId,
      args: [input],
      // A child that is cancelled still waits for its encoders to end; a terminated one would leave them running.
      parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
      staticSummary: `${input.family}, ${input.chunkCount} chunks`,
    });
  } finally {
    over = true;
  }
}

/**
 * The cancellation of a child goes to the run that was started, and the server takes it there even when the child has
 * continued as new since; without an id of the run it goes to the one that is running.
 */
async function cancelLatestRun(workflowId: string): Promise<void> {
  try {
    await CancellationScope.nonCancellable(() => getExternalWorkflowHandle(workflowId).cancel());
  } catch {
    // It has ended or was never started.
  }
}
