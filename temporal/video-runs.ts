import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { workflowService } from './client';
import { processVideoWorkflowId } from './contract/ids';

/** Every way in which a workflow ends; a state that this list does not know is none of them. */
const CLOSED = new Set(['COMPLETED', 'FAILED', 'CANCELLED', 'TERMINATED', 'TIMED_OUT']);

/** Whether the workflow of a video is under way or waits for a retry. Throws `WorkflowUnavailable`. */
export async function isVideoRunning(client: Client, videoId: string): Promise<boolean> {
  try {
    const { status } = await workflowService(client, () => client.workflow.getHandle(processVideoWorkflowId(videoId)).describe());
    return !CLOSED.has(status.name);
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}
