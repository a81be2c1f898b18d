import { HandlerUnfinishedPolicy } from '@temporalio/common';
import { defineSignal, log, setHandler } from '@temporalio/workflow';
import { SIGNALS, type SegmentWish } from '../../temporal/contract/messages';
import type { WantedSegments } from '../../temporal/contract/activities';
import { MOST_WISHES, withNewer } from '../planning/run/chunk-order';
import { bookkeeping } from '../step-activities';
import type { ExpressLane } from './express-lane';

const wantSegments = defineSignal<[SegmentWish]>(SIGNALS.wantSegments);

/**
 * What viewers of a family wait for. Segments come with a signal, and the plan, which only activities read, says which chunks make them. A wish
 * that is lost, at the end of a run or while the store is away, comes again with the next request of its player.
 */
export class Wishes {
  private segments: number[] = [];
  private isAsking = false;

  private constructor(
    private readonly family: Omit<WantedSegments, 'segments'>,
    /** Chunks, the newest wish first. */
    public chunks: readonly number[],
    private readonly express: Pick<ExpressLane, 'take'>,
  ) {}

  /** Takes wishes from now on; `open` are those of the run before. */
  static of(
    family: Omit<WantedSegments, 'segments'>,
    { open = [], express }: { open?: readonly number[] | undefined; express: Pick<ExpressLane, 'take'> },
  ): Wishes {
    const wishes = new Wishes(family, open, express);
    setHandler(wantSegments, ({ segments }) => wishes.take(segments), { unfinishedPolicy: HandlerUnfinishedPolicy.ABANDON });
    return wishes;
  }

  /** Wishes that come while the plan is asked are put to it together. */
  private async take(segments: readonly number[]): Promise<void> {
    this.segments = withNewer(this.segments, segments);
    if (this.isAsking) return;
    this.isAsking = true;
    try {
      while (this.segments.length > 0) {
        const asked = this.segments.splice(0, MOST_WISHES);
        const wanted = { ...this.family, segments: asked };
        const { chunks, express } = await bookkeeping('bring forward what viewers wait for').bringForward(wanted);
        // Before the chunks: one that goes into the queue is cut no more.
        if (express) this.express.take(express);
        this.chunks = withNewer(this.chunks, chunks);
      }
    } catch (error) {
      // Encoding goes on in its order.
      log.warn('a wish of a viewer is dropped', { error });
    } finally {
      this.isAsking = false;
    }
  }
}
