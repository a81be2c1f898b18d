import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError, type Client } from '@temporalio/client';
import { workflowService } from './client';
import type { FamilyRef } from './contract/activities';
import { joinFamilyWorkflowId, leaveFamilyWorkflowId, WORKFLOW_TYPES } from './contract/ids';
import { WORKFLOW_QUEUE } from './contract/queues';
import { PRIORITY_KEYS, type Priority } from './contract/steps';

/** For whom a family is made. */
export interface FamilyOwner {
  creatorId: string;
  priority: Priority;
}

/** Starts the making of a family that joins a published title. One that is under way is used. Throws `WorkflowUnavailable`. */
export async function startJoinFamily(client: Client, ref: FamilyRef, owner: FamilyOwner): Promise<void> {
  const workflowId = joinFamilyWorkflowId(ref.videoId, ref.generation, ref.family);
  await start(client, { type: WORKFLOW_TYPES.joinFamily, workflowId, summary: `${ref.family} of a published title` }, { ref, owner });
}

/** Starts the making of a family that was never begun in this generation; one that was is left alone. Throws `WorkflowUnavailable`. */
export async function startFirstJoin(client: Client, ref: FamilyRef, owner: FamilyOwner): Promise<void> {
  const workflowId = joinFamilyWorkflowId(ref.videoId, ref.generation, ref.family);
  await start(
    client,
    { type: WORKFLOW_TYPES.joinFamily, workflowId, summary: `${ref.family} for many viewers` },
    { ref, owner, once: true },
  );
}

/** Starts the removal of a family from its title. One that is under way is used. Throws `WorkflowUnavailable`. */
export async function startLeaveFamily(client: Client, ref: FamilyRef, owner: FamilyOwner): Promise<void> {
  const workflowId = leaveFamilyWorkflowId(ref.videoId, ref.generation, ref.family);
  await start(client, { type: WORKFLOW_TYPES.leaveFamily, workflowId, summary: `take ${ref.family} out` }, { ref, owner, replaces: true });
}

/** Asks the making of a family to stop, if it is under way. Throws `WorkflowUnavailable`. */
export async function cancelJoinFamily(client: Client, { videoId, generation, family }: FamilyRef): Promise<void> {
  try {
    await workflowService(client, () => client.workflow.getHandle(joinFamilyWorkflowId(videoId, generation, family)).cancel());
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}

async function start(
  client: Client,
  { type, workflowId, summary }: { type: string; workflowId: string; summary: string },
  request: { ref: FamilyRef; owner: FamilyOwner; replaces?: boolean; once?: boolean },
): Promise<void> {
  const { ref, owner, replaces = false, once = false } = request;
  const { videoId, generation, family } = ref;
  const options = {
    ...{ workflowId, taskQueue: WORKFLOW_QUEUE, args: [{ videoId, generation, family }], staticSummary: summary },
    // A removal that still waits for players to leave knows nothing of the family having come back and gone again.
    workflowIdConflictPolicy: replaces ? ('TERMINATE_EXISTING' as const) : ('USE_EXISTING' as const),
    workflowIdReusePolicy: once ? ('REJECT_DUPLICATE' as const) : ('ALLOW_DUPLICATE' as const),
    priority: { priorityKey: PRIORITY_KEYS[owner.priority], fairnessKey: owner.creatorId },
  };
  try {
    await workflowService(client, () => client.workflow.start(type, options));
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
