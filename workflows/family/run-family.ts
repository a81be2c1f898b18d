import { CancellationScope, executeChild, getExternalWorkflowHandle, isCancellation, ParentClosePolicy } from '@temporalio/workflow';
import type { PlannedEncoder } from '../../temporal/contract/results';
import { transcodeFamilyWorkflowId } from '../../temporal/contract/ids';
import type { TranscodeFamilyInput } from '../../temporal/contract/workflows';
import { leavesGpu } from '../planning/run/leaves-gpu';
import { stepActivities } from '../step-activities';
import { userMessage } from '../user-message';
import { planOf } from './plan-of';
import { transcodeFamily } from './transcode-family.workflow';

/** How often chunks are made again for their tools: a fleet that is upgraded meanwhile needs one; one whose workers differ for good is told so. */
export const MOST_REMAKES = 2;

/** Runs the workflow of one codec family as a child. Throws its failure, or the cancellation once the family has ended. */
async function runFamily(input: TranscodeFamilyInput): Promise<void> {
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
 * Runs a family on the encoder that was planned for it, and on the CPU when that is a GPU which fails. Resolves to the plan that holds from
 * now on and the encoder that made it. Throws like {@link runFamily}.
 */
export async function runPlanned(
  input: Omit<TranscodeFamilyInput, 'encoder'>,
  planned: PlannedEncoder,
): Promise<{ planSha256: string; madeBy: PlannedEncoder }> {
  const { planSha256, family } = input;
  try {
    await runFamily({ ...input, ...(planned.encoder ? { encoder: planned.encoder } : {}) });
    return { planSha256, madeBy: planned };
  } catch (error) {
    const { type: failureType, message } = userMessage(error);
    if (isCancellation(error) || !leavesGpu(planned, failureType)) throw error;
    const end = { ...planOf(input), family, failureType, message };
    const onCpu = await stepActivities('split', `plan ${family} for the CPU`).leaveGpu(end);
    await runFamily({ ...input, planSha256: onCpu.planSha256 });
    return { planSha256: onCpu.planSha256, madeBy: {} };
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
