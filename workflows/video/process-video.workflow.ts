import {
  allHandlersFinished,
  ApplicationFailure,
  CancellationScope,
  condition,
  continueAsNew,
  defineUpdate,
  isCancellation,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { NOT_WAITING, UPDATES, type RetryAccepted, type RetryRequest } from '../../temporal/contract/messages';
import { RETRY_WINDOW_MS } from '../../temporal/contract/policies';
import type { ProcessVideoInput, ProcessVideoResult } from '../../temporal/contract/workflows';
import { PIPELINE } from '../../temporal/contract/pipeline';
import { planRetry } from '../planning/run/retry-plan';
import { runSteps, StepFailed } from './run-steps';
import { showStatus } from './show-status';
import { bookkeeping, cleaning, userMessage, VideoRun } from './video-run';

export const retryStep = defineUpdate<RetryAccepted, [RetryRequest]>(UPDATES.retryStep);
export const removeVideo = defineUpdate<void, []>(UPDATES.removeVideo);

/**
 * Owns a video: takes it to published streams, waits when a step has failed for good, goes on from where it is told to, and
 * removes what it made. One at a time per video, so nothing that is done to a video can cross something else.
 */
export async function processVideo(input: ProcessVideoInput): Promise<ProcessVideoResult> {
  const owner = new VideoOwner(input);
  setHandler(retryStep, owner.retry, { validator: owner.refuseUnlessWaiting, description: 'Go on from a step' });
  setHandler(removeVideo, owner.remove, { description: 'Delete everything made of the original' });
  return owner.own();
}

class VideoOwner {
  private run: VideoRun;
  private walking: CancellationScope | undefined;
  /** A retry can be asked for. */
  private waits = false;
  private retryRequest: RetryRequest | undefined;
  private removal = false;
  private over = false;
  /** What ends the run when nobody asks for a retry in time. */
  private failure = notWaiting();

  constructor(private readonly input: ProcessVideoInput) {
    this.run = new VideoRun({ videoId: input.videoId, generation: input.generation });
    this.waits = input.startsParked ?? false;
  }

  async own(): Promise<ProcessVideoResult> {
    try {
      await this.toTheEnd();
    } catch (error) {
      if (isCancellation(error)) await CancellationScope.nonCancellable(() => this.recordCancelled());
      if (!this.removal) throw error;
    } finally {
      this.over = true;
      await CancellationScope.nonCancellable(() => condition(allHandlersFinished));
    }
    if (!this.removal) return { status: 'ready', warnings: this.run.warnings };
    await CancellationScope.nonCancellable(() => this.removeOutputs());
    return { status: 'removed', warnings: this.run.warnings };
  }

  /** Answers when the retry is under way, so that whoever asks next sees it. */
  readonly retry = async (request: RetryRequest): Promise<RetryAccepted> => {
    this.retryRequest = request;
    await condition(() => this.retryRequest === undefined || this.over || this.removal);
    if (this.retryRequest !== undefined) throw notWaiting();
    return { generation: this.run.ref.generation };
  };

  /** The first of several requests wins; the others are told. */
  readonly refuseUnlessWaiting = (_request: RetryRequest): void => {
    if (!this.waits || this.retryRequest || this.removal) throw notWaiting();
  };

  readonly remove = async (): Promise<void> => {
    this.removal = true;
    this.walking?.cancel();
    await bookkeeping.recordRemoved({ videoId: this.input.videoId });
  };

  /** Resolves when the video is ready or is to be removed. */
  private async toTheEnd(): Promise<void> {
    for (;;) {
      if (this.waits) await this.park();
      if (this.removal || (await this.walk())) return;
    }
  }

  /** True when every step is done; false when one has failed for good. */
  private async walk(): Promise<boolean> {
    this.walking = new CancellationScope();
    try {
      await this.walking.run(() => runSteps(PIPELINE, this.run));
      showStatus('ready');
      return true;
    } catch (error) {
      if (this.removal) return false;
      if (!(error instanceof StepFailed)) throw error;
      await this.recordFailure(error);
      return false;
    }
  }

  private async recordFailure(failure: StepFailed): Promise<void> {
    const { type, message } = userMessage(failure.reason);
    // Somebody else's decision: there is nothing to retry in this run.
    if (type === 'Cancelled') throw ApplicationFailure.nonRetryable(message, type);
    this.failure = ApplicationFailure.nonRetryable(`${failure.step}: ${message}`, type);
    // From here on the row says that a retry is possible.
    this.waits = true;
    await bookkeeping.recordFailure({ ...this.run.ref, step: failure.step, failureType: type, message });
    showStatus('failed', `failed at ${failure.step}, waits for a retry: ${message}`, failure.step);
  }

  private async park(): Promise<void> {
    const { retryWindowMs } = this.input;
    const decided = () => this.retryRequest !== undefined || this.removal;
    if (!decided() && workflowInfo().continueAsNewSuggested && allHandlersFinished()) await this.startOver();
    if (!(await condition(decided, retryWindowMs ?? RETRY_WINDOW_MS))) throw this.failure;
    if (this.retryRequest && !this.removal) await this.reopen(this.retryRequest);
  }

  /** After some dozens of retries the history is long; a new one holds nothing that this one still needs. */
  private startOver(): Promise<never> {
    return continueAsNew<typeof processVideo>({ ...this.input, generation: this.run.ref.generation, startsParked: true });
  }

  private async reopen(request: RetryRequest): Promise<void> {
    const { videoId, generation } = this.run.ref;
    const remains = await bookkeeping.inspectRun({ videoId, generation });
    const plan = planRetry(PIPELINE, request.fromStep, remains);
    const nextGeneration = plan.newGeneration ? generation + 1 : generation;
    await bookkeeping.reopenRun({ videoId, generation, nextGeneration, status: plan.status, rerun: plan.rerun });
    this.run = new VideoRun(
      { videoId, generation: nextGeneration },
      plan.newGeneration ? undefined : { split: remains.split, completed: plan.completed },
    );
    this.waits = false;
    this.retryRequest = undefined;
  }

  private async recordCancelled(): Promise<void> {
    this.waits = false;
    await bookkeeping.recordCancelled(this.run.ref);
    await cleaning.removeTemporary({ videoId: this.input.videoId });
    showStatus('cancelled');
  }

  private async removeOutputs(): Promise<void> {
    await cleaning.removeOutputs({ videoId: this.input.videoId });
    showStatus('removed');
  }
}

function notWaiting(): ApplicationFailure {
  return ApplicationFailure.nonRetryable('This video does not wait for a retry.', NOT_WAITING);
}
