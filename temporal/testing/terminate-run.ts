import { WorkflowNotFoundError, type Client } from '@temporalio/client';

/**
 * Ends the run of a workflow, if one is under way. The client sends a call again whose answer was lost, and the second one
 * finds the run ended, which is no error here.
 */
export async function terminateRun(client: Client, workflowId: string): Promise<void> {
  try {
    await client.workflow.getHandle(workflowId).terminate();
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}
