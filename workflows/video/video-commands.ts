import { allHandlersFinished, ApplicationFailure, type CancellationScope, condition, defineUpdate, setHandler } from '@temporalio/workflow';
import { NOT_WAITING, UPDATES, type RetryAccepted, type RetryRequest } from '../../temporal/contract/messages';
import { bookkeeping } from '../step-activities';
import { ModerationGate } from './moderation-gate';

const retryStep = defineUpdate<RetryAccepted, [RetryRequest]>(UPDATES.retryStep);
const removeVideo = defineUpdate<void, []>(UPDATES.removeVideo);

/** A retry that was asked for; `answer` is set once it is under way. */
export interface AskedRetry {
  request: RetryRequest;
  answer?: RetryAccepted;
  /** Asked for by the run itself, as often as this now. */
  remakes?: number;
}

/** Where the workflow of a video is. */
export type VideoState =
  /** The steps of a run are under way; the scope ends them. */
  | { is: 'walking'; scope: CancellationScope }
  /** A required step has failed for good, or an earlier run has ended: a retry can be asked for. */
  | { is: 'waiting' }
  | { is: 'reopening'; asked: AskedRetry }
  /** Every step is done. */
  | { is: 'ready' }
  | { is: 'cancelled' }
  /** The removal is recorded; outputs go when the tools have ended. */
  | { is: 'removing' };

/** The state of a video and the updates that change it. */
export class VideoCommands {
  readonly moderation: ModerationGate;
  /** No update is taken any more. */
  private isOver = false;

  constructor(
    private readonly videoId: string,
    public state: VideoState,
  ) {
    this.moderation = new ModerationGate(this.remove);
    setHandler(retryStep, this.retry, { validator: this.refuseUnlessWaiting, description: 'Go on from a step' });
    setHandler(removeVideo, this.remove, { description: 'Delete everything made of the original' });
  }

  get isRemoving(): boolean {
    return this.state.is === 'removing';
  }

  /** Moves on, unless a removal came first: nothing takes that back. */
  become(state: VideoState): void {
    if (!this.isRemoving) this.state = state;
  }

  /** Takes no further update and resolves when those under way are answered. */
  async close(): Promise<void> {
    this.isOver = true;
    await condition(allHandlersFinished);
  }

  /** Answers when the retry is under way, so that the next status request sees it. */
  private readonly retry = async (request: RetryRequest): Promise<RetryAccepted> => {
    const asked: AskedRetry = { request };
    this.become({ is: 'reopening', asked });
    await condition(() => asked.answer !== undefined || this.isOver || this.isRemoving);
    if (!asked.answer) throw notWaiting();
    return asked.answer;
  };

  /** The first of several requests wins; the others are refused. */
  private readonly refuseUnlessWaiting = (_request: RetryRequest): void => {
    if (this.state.is !== 'waiting') throw notWaiting();
  };

  private readonly remove = async (): Promise<void> => {
    const { state } = this;
    this.state = { is: 'removing' };
    if (state.is === 'walking') state.scope.cancel();
    await bookkeeping('record the removal').recordRemoved({ videoId: this.videoId });
  };
}

export function notWaiting(): ApplicationFailure {
  return ApplicationFailure.nonRetryable('This video does not wait for a retry.', NOT_WAITING);
}
