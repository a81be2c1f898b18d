import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { workflowService } from './client';
import type { FamilyRef } from './contract/activities';
import { transcodeFamilyWorkflowId } from './contract/ids';
import { SIGNALS, type SegmentWish } from './contract/messages';
import { PRIORITY_KEYS } from './contract/steps';

const { PENDING_ACTIVITY_STATE_SCHEDULED } = temporal.api.enums.v1.PendingActivityState;

/**
 * Tells the workflow of a family which segments viewers wait for. One that has ended, or is not there, needs no wish. Throws
 * `WorkflowUnavailable`, and the SDK's error where the server takes no more signals.
 */
export async function wantSegments(client: Client, { videoId, generation, family }: FamilyRef, wish: SegmentWish): Promise<void> {
  try {
    const handle = client.workflow.getHandle(transcodeFamilyWorkflowId(videoId, generation, family));
    await workflowService(client, () => handle.signal<[SegmentWish]>(SIGNALS.wantSegments, wish));
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}

/**
 * Puts those activities of a workflow that wait in the queue before all of lower priority; ones that have started or ended stay as they are.
 * A waiting task keeps the priority that it was scheduled with, so its options are replaced, and the server queues it anew. Throws
 * `WorkflowUnavailable`.
 */
export async function bringTasksForward(
  client: Client,
  execution: { workflowId: string; runId: string },
  activityIds: readonly string[],
): Promise<void> {
  try {
    const handle = client.workflow.getHandle(execution.workflowId, execution.runId);
    const { raw } = await workflowService(client, () => handle.describe());
    for (const { activityId, state, priority } of raw.pendingActivities ?? []) {
      if (!activityId || !activityIds.includes(activityId) || state !== PENDING_ACTIVITY_STATE_SCHEDULED) continue;
      if (priority?.priorityKey === PRIORITY_KEYS.urgent) continue;
      await workflowService(client, () =>
        client.workflowService.updateActivityOptions({
          namespace: client.options.namespace,
          execution,
          id: activityId,
          activityOptions: { priority: { priorityKey: PRIORITY_KEYS.urgent } },
          updateMask: { paths: ['priority.priorityKey'] },
        }),
      );
    }
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}
