import type { Client } from '@temporalio/client';
import { workflowService } from './client';
import { remakePicturesWorkflowId, WORKFLOW_TYPES } from './contract/ids';
import type { PictureOrder } from './contract/media/pictures';
import { WORKFLOW_QUEUE } from './contract/queues';
import { PRIORITY_KEYS, type Priority } from './contract/steps';

/** Starts the making of pictures of a published title. The same order that is under way is used. Throws `WorkflowUnavailable`. */
export async function startRemakePictures(
  client: Client,
  order: PictureOrder,
  owner: { creatorId: string; priority: Priority },
): Promise<void> {
  const options = {
    ...{ workflowId: remakePicturesWorkflowId(order), taskQueue: WORKFLOW_QUEUE, args: [order] },
    ...({ workflowIdConflictPolicy: 'USE_EXISTING', workflowIdReusePolicy: 'ALLOW_DUPLICATE' } as const),
    staticSummary: 'pictures of a published title',
    priority: { priorityKey: PRIORITY_KEYS[owner.priority], fairnessKey: owner.creatorId },
  };
  await workflowService(client, () => client.workflow.start(WORKFLOW_TYPES.remakePictures, options));
}
