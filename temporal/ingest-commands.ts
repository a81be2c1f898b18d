import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError, type Client } from '@temporalio/client';
import { workflowService } from './client';
import { ingestWorkflowId, WORKFLOW_TYPES } from './contract/ids';
import { WORKFLOW_QUEUE } from './contract/queues';
import { PRIORITY_KEYS, type Priority } from './contract/steps';
import type { IngestInput } from './contract/workflows';

/** Starts a pull. One that was started before is success, so a caller in doubt calls again. Throws `WorkflowUnavailable`. */
export async function startIngest(
  client: Client,
  { videoId, attempt }: IngestInput,
  owner: { creatorId: string; priority: Priority },
): Promise<void> {
  const input: IngestInput = { videoId, attempt };
  const options = {
    ...{ workflowId: ingestWorkflowId(input), taskQueue: WORKFLOW_QUEUE, args: [input] },
    workflowIdReusePolicy: 'REJECT_DUPLICATE' as const,
    staticSummary: 'pull an original',
    priority: { priorityKey: PRIORITY_KEYS[owner.priority], fairnessKey: owner.creatorId },
  };
  try {
    await workflowService(client, () => client.workflow.start(WORKFLOW_TYPES.ingestVideo, options));
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

/** Asks a pull to stop; one that is over is fine. Throws `WorkflowUnavailable`. */
export async function cancelIngest(client: Client, input: IngestInput): Promise<void> {
  try {
    await workflowService(client, () => client.workflow.getHandle(ingestWorkflowId(input)).cancel());
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}
