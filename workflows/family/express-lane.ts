import { CancellationScope, condition, isCancellation, log, sleep } from '@temporalio/workflow';
import type { ExpressSegment } from '../../temporal/contract/activities';
import type { TranscodeFamilyInput } from '../../temporal/contract/workflows';
import { cutsOf, nextExpress, withCuts, type Cuts, type NextExpress } from '../planning/run/express-order';
import { expressActivities } from '../step-activities';
import { planOf } from './plan-of';

/** How far the first segment goes ahead of the next. */
const ORDER_MS = 100;

/** Chunks by what becomes of them. */
export interface ChunkStates {
  /** Can be cut: they have not gone into the queue. */
  left: () => readonly number[];
  /** In the queue and at work, cut or not. */
  inFlight: ReadonlySet<number>;
}

/**
 * Makes the segments that viewers wait for in the smallest rungs, on a queue of their own, before the chunks that make all of them. What is not
 * made, for whatever reason, comes with its chunk.
 */
export class ExpressLane {
  /** Of a workflow that is cancelled, too. */
  private readonly scope = new CancellationScope();
  private wanted: readonly ExpressSegment[] = [];
  private readonly taken = new Set<string>();
  private atWork = 0;
  private isGoingOn = false;

  constructor(
    private readonly input: TranscodeFamilyInput,
    private readonly chunks: ChunkStates,
    /** Segments that are encoded by themselves, by chunk; a chunk takes its own when it goes into the queue. */
    public cuts: Cuts = input.cuts ?? {},
  ) {}

  /** Takes these in place of those before. */
  take(segments: readonly ExpressSegment[]): void {
    this.wanted = segments;
    this.cuts = withCuts(this.cuts, segments, this.chunks.left());
    void this.goOn();
  }

  /** Ends what is under way. */
  async close(): Promise<void> {
    this.wanted = [];
    this.scope.cancel();
    await CancellationScope.nonCancellable(() => condition(() => this.atWork === 0));
  }

  /** Activities that one workflow task schedules reach the queue in any order, and the first of these is waited for. */
  private async goOn(): Promise<void> {
    if (this.isGoingOn) return;
    this.isGoingOn = true;
    try {
      for (let next = this.next(); next; next = this.next()) {
        this.taken.add(next.key);
        void this.make(next);
        await this.scope.run(() => sleep(ORDER_MS));
      }
    } catch (error) {
      if (!isCancellation(error)) throw error;
    } finally {
      this.isGoingOn = false;
    }
  }

  private next(): NextExpress | undefined {
    const { left, inFlight } = this.chunks;
    return nextExpress({ wanted: this.wanted, left: left(), inFlight, cuts: this.cuts, taken: this.taken, atWork: this.atWork });
  }

  private async make({ chunkIndex, segment, key }: NextExpress): Promise<void> {
    this.atWork += 1;
    try {
      const { family } = this.input;
      const ref = { ...planOf(this.input), family, chunkIndex, segment, cuts: cutsOf(this.cuts, chunkIndex) };
      await this.scope.run(() => expressActivities(`${family} segment ${segment + 1}, which viewers wait for`).transcodeExpress(ref));
    } catch (error) {
      if (!isCancellation(error)) log.warn('a segment that viewers wait for comes with its chunk', { error });
      // The next wish for it tries once more.
      this.taken.delete(key);
      this.wanted = this.wanted.filter((one) => one.segment !== segment);
    } finally {
      this.atWork -= 1;
    }
    void this.goOn();
  }
}
