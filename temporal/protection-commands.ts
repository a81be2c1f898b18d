import type { Client } from '@temporalio/client';
import { workflowService } from './client';
import type { RunRef } from './contract/activities';
import { protectTitleWorkflowId, WORKFLOW_TYPES } from './contract/ids';
import { WORKFLOW_QUEUE } from './contract/queues';
import { PRIORITY_KEYS, type Priority } from './contract/steps';

/** Starts the encryption of a title that is published clear. One that is under way is used. Throws `WorkflowUnavailable`. */
export async function startProtectTitle(client: Client, ref: RunRef, owner: { creatorId: string; priority: Priority }): Promise<void> {
  await workflowService(client, () =>
    client.workflow.start(WORKFLOW_TYPES.protectTitle, {
      workflowId: protectTitleWorkflowId(ref.videoId, ref.generation),
      taskQueue: WORKFLOW_QUEUE,
      args: [ref],
      staticSummary: 'protect a published title',
      workflowIdConflictPolicy: 'USE_EXISTING',
      priority: { priorityKey: PRIORITY_KEYS[owner.priority], fairnessKey: owner.creatorId },
    }),
  );
}
