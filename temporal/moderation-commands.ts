import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { workflowService } from './client';
import { processVideoWorkflowId } from './contract/ids';
import { NOT_HELD, UPDATES, type ModerationRuling } from './contract/messages';
import { endedUnder, isRefusal } from './video-commands';

/**
 * Hands a decision to the run that waits for it, and resolves to true when it is recorded. Resolves to false when no run waits, another
 * decision was faster, or the run has ended meanwhile. Throws `WorkflowUnavailable`, also when no worker answers.
 */
export async function decideModeration(client: Client, videoId: string, ruling: ModerationRuling): Promise<boolean> {
  try {
    const handle = client.workflow.getHandle(processVideoWorkflowId(videoId));
    await workflowService(client, () => handle.executeUpdate<void, [ModerationRuling]>(UPDATES.decideModeration, { args: [ruling] }));
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError || isRefusal(error, NOT_HELD) || endedUnder(error)) return false;
    throw error;
  }
}
