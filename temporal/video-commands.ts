import { setTimeout as sleep } from 'node:timers/promises';
import { WithStartWorkflowOperation, WorkflowNotFoundError, WorkflowUpdateFailedError, type Client } from '@temporalio/client';
import { ActivityFailure, ApplicationFailure, CancelledFailure, type Workflow } from '@temporalio/common';
import { startOptions, workflowService, type AboutVideo } from './client';
import { cancelJoinFamily } from './family-commands';
import { processVideoWorkflowId, WORKFLOW_TYPES } from './contract/ids';
import { CODEC_FAMILY_NAMES } from './contract/media/families';
import { Failure } from './contract/failures';
import { NOT_WAITING, UPDATES, type RetryAccepted, type RetryRequest } from './contract/messages';
import type { ProcessVideoInput } from './contract/workflows';

const ENDING_RUN_ATTEMPTS = 25;
const ENDING_RUN_PAUSE_MS = 200;
/** How the Temporal server fails an accepted update whose workflow has ended: `AcceptedUpdateCompletedWorkflow` of its update registry. */
const UPDATE_OF_ENDED_RUN = 'AcceptedUpdateCompletedWorkflow';

/** A command to the workflow of a video; a repeated `updateId` is the same command. */
export interface VideoCommand {
  input: ProcessVideoInput;
  about: AboutVideo;
  updateId: string;
}

/**
 * Lets the workflow of a video go on from a step: the run that waits, or a new one when the last has ended. Resolves to null
 * when the run is under way and cannot be retried; it gets five seconds to end for as long as `mayBeEnding` resolves to true. Throws
 * `WorkflowUnavailable`, also when no worker answers.
 */
export async function retryProcessVideo(
  client: Client,
  command: VideoCommand,
  request: RetryRequest,
  mayBeEnding: () => Promise<boolean> = () => Promise.resolve(false),
): Promise<RetryAccepted | null> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await updateWithStart<RetryAccepted>(client, command, { name: UPDATES.retryStep, args: [request] });
    } catch (error) {
      if (!isRefusal(error, NOT_WAITING) && !endedUnder(error)) throw error;
      if (attempt === ENDING_RUN_ATTEMPTS || !(await mayBeEnding())) return null;
      await sleep(ENDING_RUN_PAUSE_MS);
    }
  }
}

/**
 * Ends the video for good, with the families that are joining it: resolves once that is recorded; tools end and outputs go afterwards.
 * Throws `WorkflowUnavailable`, also when no worker answers.
 */
export async function removeProcessedVideo(client: Client, command: VideoCommand): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await updateWithStart<void>(
        client,
        { ...command, updateId: `${command.updateId} ${attempt}` },
        { name: UPDATES.removeVideo, args: [] },
      );
      // The row says `removed` by now, so families that end take their objects with them.
      await Promise.all(CODEC_FAMILY_NAMES.map((family) => cancelJoinFamily(client, { ...command.input, family })));
      return;
    } catch (error) {
      if (!endedUnder(error)) throw error;
      if (attempt === ENDING_RUN_ATTEMPTS)
        throw new Failure('WorkflowUnavailable', 'The last run of this video is still ending.', { cause: error });
      await sleep(ENDING_RUN_PAUSE_MS);
    }
  }
}

/** Asks the run of a video to stop. Resolves to false when none is under way. Throws `WorkflowUnavailable`. */
export async function cancelProcessVideo(client: Client, videoId: string): Promise<boolean> {
  try {
    return await workflowService(client, async () => {
      const handle = client.workflow.getHandle(processVideoWorkflowId(videoId));
      // The server accepts a cancellation of a run that is over.
      if ((await handle.describe()).status.name !== 'RUNNING') return false;
      await handle.cancel();
      return true;
    });
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

function updateWithStart<Result>(
  client: Client,
  { input, about, updateId }: VideoCommand,
  update: { name: string; args: unknown[] },
): Promise<Result> {
  const startWorkflowOperation = new WithStartWorkflowOperation(
    WORKFLOW_TYPES.processVideo,
    startOptions({ ...input, startsParked: true }, about),
  );
  return workflowService(client, () =>
    client.workflow.executeUpdateWithStart<Workflow, Result, unknown[]>(update.name, {
      args: update.args,
      updateId,
      startWorkflowOperation,
    }),
  );
}

/** The run took the command and was cancelled, or ended otherwise, before it was carried out: the next run takes it. */
export function endedUnder(error: unknown): boolean {
  if (!(error instanceof WorkflowUpdateFailedError)) return false;
  // An activity of the command that was under way wraps it.
  const cause = error.cause instanceof ActivityFailure ? error.cause.cause : error.cause;
  return cause instanceof CancelledFailure || (cause instanceof ApplicationFailure && cause.type === UPDATE_OF_ENDED_RUN);
}

/** The run refused the command with a failure of this type. */
export function isRefusal(error: unknown, type: string): boolean {
  return error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure && error.cause.type === type;
}
