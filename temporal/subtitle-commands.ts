import { WorkflowExecutionAlreadyStartedError, type Client } from '@temporalio/client';
import { workflowService } from './client';
import { changeTextWorkflowId, WORKFLOW_TYPES } from './contract/ids';
import { WORKFLOW_QUEUE } from './contract/queues';
import { PRIORITY_KEYS, type Priority } from './contract/steps';
import type { ChangeTextInput } from './contract/workflows';

/** Starts the work on manifests that an added or removed text track asks for. One that is under way is used. Throws `WorkflowUnavailable`. */
export async function startChangeText(
  client: Client,
  input: ChangeTextInput,
  owner: { creatorId: string; priority: Priority },
): Promise<void> {
  const options = {
    ...{ workflowId: changeTextWorkflowId(input), taskQueue: WORKFLOW_QUEUE, args: [input] },
    staticSummary: input.isRemoved ? 'take subtitles out' : 'add subtitles',
    priority: { priorityKey: PRIORITY_KEYS[owner.priority], fairnessKey: owner.creatorId },
  };
  try {
    await workflowService(client, () => client.workflow.start(WORKFLOW_TYPES.changeText, options));
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
