import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { workflowService } from './client';
import type { FamilyRef } from './contract/activities';
import { joinFamilyWorkflowId, processVideoWorkflowId } from './contract/ids';

/** Every way in which a workflow ends; a state that this list does not know is none of them. */
const CLOSED = new Set(['COMPLETED', 'FAILED', 'CANCELLED', 'TERMINATED', 'TIMED_OUT']);

/** Whether the workflow of a video is under way or waits for a retry. Throws `WorkflowUnavailable`. */
export async function isVideoRunning(client: Client, videoId: string): Promise<boolean> {
  return isOpen(await lastStatus(client, processVideoWorkflowId(videoId)));
}

/** Whether a family of a published title is being made. Throws `WorkflowUnavailable`. */
export async function isFamilyJoining(client: Client, { videoId, generation, family }: FamilyRef): Promise<boolean> {
  return isOpen(await lastStatus(client, joinFamilyWorkflowId(videoId, generation, family)));
}

/** Whether the workflow of a video has run at all. Throws `WorkflowUnavailable`. */
export async function hasVideoRun(client: Client, videoId: string): Promise<boolean> {
  return (await lastStatus(client, processVideoWorkflowId(videoId))) !== null;
}

function isOpen(status: string | null): boolean {
  return status !== null && !CLOSED.has(status);
}

/** Null when there was no run, or none for so long that the service has forgotten it. */
async function lastStatus(client: Client, workflowId: string): Promise<string | null> {
  try {
    return (await workflowService(client, () => client.workflow.getHandle(workflowId).describe())).status.name;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}
