import {
  allHandlersFinished,
  ApplicationFailure,
  CancellationScope,
  condition,
  continueAsNew,
  isCancellation,
  workflowInfo,
} from '@temporalio/workflow';
import { FIRST_WALK } from '../../temporal/contract/pipeline';
import { RETRY_WINDOW_MS } from '../../temporal/contract/policies';
import type { ProcessVideoInput, ProcessVideoResult } from '../../temporal/contract/workflows';
import { planRetry } from '../planning/run/plan-retry';
import { bookkeeping, cleaning } from '../step-activities';
import { runSteps, StepFailedError } from './run-steps';
import { showStatus } from './show-status';
import { userMessage } from '../user-message';
import { notWaiting, VideoCommands, type AskedRetry } from './video-commands';
import { VideoRun } from './video-run';

/**
 * Owns a video from upload to removal: takes it to published streams, waits when a step has failed for good, goes on from the
 * step that a retry names, and removes its outputs. One workflow per video is the only writer of its state, so a retry, a
 * cancellation and a removal never overlap.
 */
export async function processVideo(input: ProcessVideoInput): Promise<ProcessVideoResult> {
  const video = new VideoCommands(input.videoId, input.startsParked ? { is: 'waiting' } : startWalking());
  let run = new VideoRun({ videoId: input.videoId, generation: input.generation }, input.walk ?? FIRST_WALK, video.moderation);
  try {
    if (input.startsParked) await waitForRetry(input, run, { video, failure: notWaiting() });
    while (video.state.is !== 'ready' && video.state.is !== 'removing') {
      if (video.state.is === 'reopening') run = await reopen(run, video, video.state.asked);
      const failure = await walk(run, video);
      if (failure) await waitForRetry(input, run, { video, failure });
    }
  } catch (error) {
    if (isCancellation(error)) await CancellationScope.nonCancellable(() => cancel(run, video));
    await CancellationScope.nonCancellable(() => video.close());
    if (!video.isRemoving) throw error;
  }
  // A removal is taken until the last moment, so the state decides here and not where the walk ended.
  await CancellationScope.nonCancellable(() => video.close());
  if (!video.isRemoving) return { status: 'ready', warnings: run.warnings };
  await CancellationScope.nonCancellable(() => removeOutputs(input.videoId, video));
  return { status: 'removed', warnings: run.warnings };
}

/** Takes the steps that are left. Resolves to the failure of a required one, with which the run ends unless a retry comes in time. */
async function walk(run: VideoRun, video: VideoCommands): Promise<ApplicationFailure | null> {
  if (video.state.is !== 'walking') return null;
  try {
    await video.state.scope.run(() => runSteps(run.walk, run));
    showStatus('ready');
    video.become({ is: 'ready' });
    return null;
  } catch (error) {
    if (video.isRemoving) return null;
    if (!(error instanceof StepFailedError)) throw error;
    return recordFailure(run, video, error);
  }
}

async function recordFailure(run: VideoRun, video: VideoCommands, failure: StepFailedError): Promise<ApplicationFailure | null> {
  const { type, message } = userMessage(failure.reason);
  // The run was superseded: there is nothing to retry in it.
  if (type === 'Cancelled') throw ApplicationFailure.nonRetryable(message, type);
  const asked = run.remedy(type);
  if (asked) {
    video.become({ is: 'reopening', asked });
    return null;
  }
  // From here on the row says that a retry is possible.
  video.become({ is: 'waiting' });
  await bookkeeping('record the failure').recordFailure({ ...run.ref, step: failure.step, failureType: type, message });
  showStatus('failed', `failed at ${failure.step}, waits for a retry: ${message}`, failure.step);
  return ApplicationFailure.nonRetryable(`${failure.step}: ${message}`, type);
}

/** Resolves when a retry or the removal was asked for. Throws `failure` at the end of the retry window. */
async function waitForRetry(
  input: ProcessVideoInput,
  run: VideoRun,
  { video, failure }: { video: VideoCommands; failure: ApplicationFailure },
): Promise<void> {
  const isDecided = () => video.state.is !== 'waiting';
  if (!isDecided() && workflowInfo().continueAsNewSuggested && allHandlersFinished()) {
    // After some dozens of retries the history is long; a new one holds nothing that this one still needs.
    await continueAsNew<typeof processVideo>({ ...input, generation: run.ref.generation, walk: run.walk, startsParked: true });
  }
  if (!(await condition(isDecided, input.retryWindowMs ?? RETRY_WINDOW_MS, { summary: 'wait for a retry' }))) throw failure;
}

/** Lets a failed or ended run go on as the retry asks. Resolves to the run that goes on. */
async function reopen(run: VideoRun, video: VideoCommands, asked: AskedRetry): Promise<VideoRun> {
  const { videoId, generation } = run.ref;
  const remains = await bookkeeping('inspect what is left').inspectRun({ videoId, generation });
  const ownWalk = remains.walk ?? run.walk;
  const nextWalk = asked.request.walk ?? FIRST_WALK;
  const plan = planRetry({ walk: ownWalk, next: nextWalk }, asked.request.fromStep, remains);
  const next = plan.newGeneration ? { generation: generation + 1, walk: nextWalk } : { generation, walk: ownWalk };
  await bookkeeping('reopen the run').reopenRun({
    videoId,
    generation,
    nextGeneration: next.generation,
    status: plan.status,
    rerun: plan.rerun,
    walk: next.walk,
  });
  asked.answer = { generation: next.generation };
  video.become(startWalking());
  return new VideoRun({ videoId, generation: next.generation }, next.walk, video.moderation, {
    ...(plan.newGeneration ? {} : { split: remains.split, completed: plan.completed }),
    remakes: asked.remakes,
  });
}

async function cancel(run: VideoRun, video: VideoCommands): Promise<void> {
  video.become({ is: 'cancelled' });
  await bookkeeping('record the cancellation').recordCancelled(run.ref);
  await cleaning('delete temporary objects').removeTemporary({ videoId: run.ref.videoId });
  showStatus('cancelled');
}

/** Answers the removals that arrive meanwhile, too: a workflow that ends under an accepted update fails it. */
async function removeOutputs(videoId: string, video: VideoCommands): Promise<void> {
  await cleaning('delete every output').removeOutputs({ videoId });
  showStatus('removed');
  await video.close();
}

function startWalking(): { is: 'walking'; scope: CancellationScope } {
  return { is: 'walking', scope: new CancellationScope() };
}
