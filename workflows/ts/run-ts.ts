import { executeChild, ParentClosePolicy } from '@temporalio/workflow';
import type { RunRef } from '../../temporal/contract/activities';
import { muxTsWorkflowId } from '../../temporal/contract/ids';
import { muxTs } from './mux-ts.workflow';

/** Makes the MPEG-TS segments in a child workflow, whose history is its own. Throws its failure, or the cancellation once it has ended. */
export async function runTs(run: RunRef): Promise<void> {
  await executeChild(muxTs, {
    workflowId: muxTsWorkflowId(run.videoId, run.generation),
    args: [run],
    // A child that is cancelled still waits for its tools to end; a terminated one would leave them running.
    parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
    staticSummary: 'MPEG-TS for old players',
  });
}
