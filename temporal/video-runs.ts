import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { workflowService } from './client';
import { processVideoWorkflowId } from './contract/ids';

/** Every way in which a workflow ends; a state that this list does not know is none of them. */
const CLOSED = new Set(['COMPLETED', 'FAILED', 'CANCELLED', 'TERMINATED', 'TIMED_OUT']);

/** Whether the workflow of a video is under way or waits for a retry. Throws `WorkflowUnavailable`. */
export async function isVideoRunning(client: Client, videoId: string): Promise<boolean> {
  const status = await lastStatus(client, videoId);
  return status !== null && !CLOSED.has(status);
}

/** Whether the workflow of a video has run at all. Throws `WorkflowUnavailable`. */
export async function hasVideoRun(client: Client, videoId: string): Promise<boolean> {
  return (await lastStatus(client, videoId)) !== null;
}

/** Null when there was no run, or none for so long that the service has forgotten it. */
async function lastStatus(client: Client, videoId: string): Promise<string | null> {
  try {
    return (await workflowService(client, () => client.workflow.getHandle(processVideoWorkflowId(videoId)).describe())).status.name;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}
