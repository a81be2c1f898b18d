import type { Client } from '@temporalio/client';
import { workflowService } from './client';
import type { RunRef } from './contract/activities';
import { protectTitleWorkflowId, WORKFLOW_TYPES } from './contract/ids';
import { WORKFLOW_QUEUE } from './contract/queues';
import { PRIORITY_KEYS, type Priority } from './contract/steps';

/**
 * Starts the protection of a published clear title whose row asks for it. One that is under way is used; one that has failed goes on.
 * Throws `WorkflowUnavailable`.
 */
export async function startProtectTitle(
  client: Client,
  { videoId, generation }: RunRef,
  owner: { creatorId: string; priority: Priority },
): Promise<void> {
  const options = {
    ...{ workflowId: protectTitleWorkflowId(videoId, generation), taskQueue: WORKFLOW_QUEUE, args: [{ videoId, generation }] },
    ...({ workflowIdConflictPolicy: 'USE_EXISTING', workflowIdReusePolicy: 'ALLOW_DUPLICATE' } as const),
    staticSummary: 'encrypt a published title',
    priority: { priorityKey: PRIORITY_KEYS[owner.priority], fairnessKey: owner.creatorId },
  };
  await workflowService(client, () => client.workflow.start(WORKFLOW_TYPES.protectTitle, options));
}
