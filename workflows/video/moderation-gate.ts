import { ApplicationFailure, condition, defineUpdate, setHandler } from '@temporalio/workflow';
import type { RunRef } from '../../temporal/contract/activities';
import { NOT_HELD, UPDATES, type ModerationRuling } from '../../temporal/contract/messages';
import { bookkeeping } from '../step-activities';
import { showStatus } from './show-status';

const decideModeration = defineUpdate<void, [ModerationRuling]>(UPDATES.decideModeration);

/** Where a run waits for a moderator before it is published. Waiting costs no worker and has no end of its own. */
export class ModerationGate {
  /** The run that waits, or is asking whether it has to. */
  private waiting: RunRef | null = null;
  private ruling: ModerationRuling | null = null;
  private isApproved = false;

  /** `remove` ends the video as a removal does. */
  constructor(private readonly remove: () => Promise<void>) {
    setHandler(decideModeration, this.decide, { validator: this.refuseUnlessUndecided, description: 'Approve or reject a held video' });
  }

  /** Resolves when the run may be published: at once, or after its approval. A rejection cancels the run meanwhile. */
  async pass(run: RunRef): Promise<void> {
    this.waiting = run;
    this.ruling = null;
    this.isApproved = false;
    try {
      const { isHeld } = await bookkeeping('ask whether a moderator has to decide').holdForModeration(run);
      if (!isHeld) return;
      showStatus('moderating', 'held: waits for a moderator');
      await condition(() => this.isApproved);
      showStatus('packaging');
    } finally {
      this.waiting = null;
    }
  }

  /** Answers when the decision is recorded, so that the next request sees it. */
  private readonly decide = async (ruling: ModerationRuling): Promise<void> => {
    const run = this.waiting;
    if (!run) throw notHeld();
    this.ruling = ruling;
    try {
      await bookkeeping('record the decision').recordModerationRuling({ ...run, ...ruling });
    } catch (error) {
      this.ruling = null;
      throw error;
    }
    if (ruling.decision === 'approve') this.isApproved = true;
    else await this.remove();
  };

  /** The first of several decisions wins. */
  private readonly refuseUnlessUndecided = (_ruling: ModerationRuling): void => {
    if (!this.waiting || this.ruling) throw notHeld();
  };
}

function notHeld(): ApplicationFailure {
  return ApplicationFailure.nonRetryable('This video does not wait for a moderator.', NOT_HELD);
}
