import type { TsPieceRef } from '../../temporal/contract/activities';
import type { MuxTsInput } from '../../temporal/contract/workflows';
import { runPieces } from '../run-pieces';
import { stepActivities } from '../step-activities';

/**
 * Copies a published title into MPEG-TS segments, piece by piece, then reads all of them back and publishes their master. Pieces of an
 * earlier attempt are kept.
 */
export async function muxTs({ videoId, generation }: MuxTsInput): Promise<void> {
  const run = { videoId, generation };
  const { pieceCount } = await stepActivities('ts', 'plan the MPEG-TS segments').planTs(run);
  const pieces = Array.from({ length: pieceCount }, (_, pieceIndex): TsPieceRef => ({ ...run, pieceIndex }));
  await runPieces(pieces, (piece) => stepActivities('ts', `copy piece ${piece.pieceIndex + 1}`).muxTsPiece(piece));
  await stepActivities('ts', 'read back, publish manifest-ts.m3u8').publishTs(run);
}
