import { executeChild, ParentClosePolicy } from '@temporalio/workflow';
import { protectWorkflowId } from '../../temporal/contract/ids';
import type { ProtectInput } from '../../temporal/contract/workflows';
import { protect } from './protect.workflow';

/** Encrypts renditions in a child workflow, whose history is its own. Throws its failure, or the cancellation once it has ended. */
export async function runProtection(input: ProtectInput): Promise<void> {
  const { videoId, generation, joins } = input;
  await executeChild(protect, {
    workflowId: protectWorkflowId(videoId, generation, joins),
    args: [input],
    // A child that is cancelled still waits for its tools to end; a terminated one would leave them running.
    parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
    staticSummary: joins ? `encrypt ${joins}` : 'encrypt the title',
  });
}
