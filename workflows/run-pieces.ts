import { CancellationScope, condition } from '@temporalio/workflow';
import type { ChunkResult } from '../temporal/contract/results';
import { firstWindow, nextWindow } from './planning/run/chunk-window';

/** Slots that are assumed until the ends of pieces tell: most fleets have few for this work. */
const EXPECTED_SLOTS = 4;

/**
 * Keeps no more pieces in the queue than keep its slots busy, so that other work soon starts. The first piece that fails for good cancels
 * the others. Throws its failure, or the cancellation, once all have ended.
 */
export async function runPieces<Piece>(pieces: readonly Piece[], run: (piece: Piece) => Promise<ChunkResult>): Promise<void> {
  const scope = new CancellationScope();
  let inFlight = 0;
  let window = firstWindow(EXPECTED_SLOTS);
  let failure: { reason: unknown } | undefined;

  const runOne = async (piece: Piece): Promise<void> => {
    inFlight += 1;
    const scheduled = { inFlight, atMs: Date.now() };
    try {
      const { ranMs } = await run(piece);
      window = nextWindow(window, { inFlight: scheduled.inFlight, totalMs: Date.now() - scheduled.atMs, ranMs });
    } catch (error) {
      failure ??= { reason: error };
      scope.cancel();
    } finally {
      inFlight -= 1;
    }
  };

  try {
    await scope.run(async () => {
      for (const piece of pieces) {
        await condition(() => inFlight < window);
        void runOne(piece);
      }
      await condition(() => inFlight === 0);
    });
  } catch (error) {
    failure ??= { reason: error };
  }
  // Tools that run are ended before the step counts as over.
  await CancellationScope.nonCancellable(() => condition(() => inFlight === 0));
  if (failure) throw failure.reason;
}
