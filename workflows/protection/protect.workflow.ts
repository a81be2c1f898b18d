import { CancellationScope, condition } from '@temporalio/workflow';
import type { PieceRef, ProtectionRef } from '../../temporal/contract/activities';
import type { ProtectInput } from '../../temporal/contract/workflows';
import { firstWindow, nextWindow } from '../planning/run/chunk-window';
import { stepActivities } from '../step-activities';

/** Slots that are assumed until the ends of pieces tell: most fleets have few for this work. */
const EXPECTED_SLOTS = 4;

/**
 * Encrypts the renditions of a title, or of a family that joins it, piece by piece, then writes their playlists. Pieces of an earlier
 * attempt are kept. The first piece that fails for good cancels the others.
 */
export async function protect(input: ProtectInput): Promise<void> {
  const ref: ProtectionRef = { videoId: input.videoId, generation: input.generation, ...(input.joins ? { joins: input.joins } : {}) };
  const { groups } = await stepActivities('drm', 'plan the encryption').planProtection(ref);
  const pieces = groups.flatMap(({ group, pieceCount }) =>
    Array.from({ length: pieceCount }, (_, pieceIndex): PieceRef => ({ ...ref, group, pieceIndex })),
  );
  await protectPieces(pieces);
  await stepActivities('drm', 'playlists of the encrypted renditions').packageProtected(ref);
}

/** Keeps no more pieces in the queue than keep its slots busy, so that other work soon starts. */
async function protectPieces(pieces: readonly PieceRef[]): Promise<void> {
  const scope = new CancellationScope();
  let inFlight = 0;
  let window = firstWindow(EXPECTED_SLOTS);
  let failure: { reason: unknown } | undefined;

  const protectOne = async (piece: PieceRef): Promise<void> => {
    inFlight += 1;
    const scheduled = { inFlight, atMs: Date.now() };
    try {
      const { ranMs } = await stepActivities('drm', `encrypt ${piece.group}, piece ${piece.pieceIndex + 1}`).protectPiece(piece);
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
        void protectOne(piece);
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
