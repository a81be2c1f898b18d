import type { PieceRef, ProtectionRef } from '../../temporal/contract/activities';
import type { ProtectInput } from '../../temporal/contract/workflows';
import { runPieces } from '../run-pieces';
import { stepActivities } from '../step-activities';

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
  await runPieces(pieces, (piece) => stepActivities('drm', `encrypt ${piece.group}, piece ${piece.pieceIndex + 1}`).protectPiece(piece));
  await stepActivities('drm', 'playlists of the encrypted renditions').packageProtected(ref);
}
