import type { PieceReport, ProtectedRendition } from '../../../temporal/contract/media/protection';
import { isSameRendition, renditionFolder } from '../../../temporal/contract/media/renditions';
import type { RenditionReport } from '../../../temporal/contract/media/reports';
import { ReportMismatchError } from '../manifests/merge-reports';
import { timelineProblem } from './check-encryption';
import { hasSegmentsIn, pieceSpan } from './pieces';

/**
 * The whole encrypted renditions of a group, in the order of the clear ones, from the reports of all its pieces. Throws
 * {@link ReportMismatchError} for a missing piece, other segments than the clear renditions have, and init segments that differ.
 */
export function mergePieces(clear: readonly RenditionReport[], pieces: readonly PieceReport[]): RenditionReport[] {
  return clear.map((rendition) => {
    const own = pieces.flatMap((piece, index) => (hasSegmentsIn(rendition, pieceSpan(clear, index)) ? [{ piece, index }] : []));
    const parts = own.map(({ piece, index }) => partOf(rendition, { clear, piece, index }));
    const [first] = parts;
    if (!first) throw new ReportMismatchError('no pieces');
    const folder = renditionFolder(rendition.ref);
    if (parts.some(({ initSha256, kid }) => initSha256 !== first.initSha256 || kid !== first.kid)) {
      throw new ReportMismatchError(`the init segments of ${folder} differ`);
    }
    const segments = parts.flatMap((part) => part.segments);
    if (segments.length !== rendition.segments.length) throw new ReportMismatchError(`${folder} has ${segments.length} segments`);
    const { codec, timescale, initName, initSizeBytes, initSha256 } = first;
    return { ref: rendition.ref, codec, timescale, initName, initSizeBytes, initSha256, segments };
  });
}

/**
 * Two streams of one key whose IVs meet, or null: the same IV twice shows the difference of two pictures (ISO/IEC 23001-7 9.2). The
 * counter of blocks within a sample has 8 bytes of its own.
 */
export function ivCollision(renditions: readonly ProtectedRendition[]): string | null {
  const ranges = renditions.flatMap(({ kid, ivs, ref }) =>
    ivs ? [{ kid, start: BigInt(`0x${ivs.first}`), end: BigInt(`0x${ivs.first}`) + BigInt(ivs.count), folder: renditionFolder(ref) }] : [],
  );
  ranges.sort((one, other) => (one.kid === other.kid ? (one.start < other.start ? -1 : 1) : one.kid < other.kid ? -1 : 1));
  const index = ranges.findIndex((range, at) => {
    const next = ranges[at + 1];
    return next !== undefined && next.kid === range.kid && next.start < range.end;
  });
  const [one, other] = ranges.slice(index, index + 2);
  return index < 0 || !one || !other ? null : `${one.folder} and ${other.folder} share IVs`;
}

function partOf(
  rendition: RenditionReport,
  { clear, piece, index }: { clear: readonly RenditionReport[]; piece: PieceReport; index: number },
): ProtectedRendition {
  const part = piece.renditions.find(({ ref }) => isSameRendition(ref, rendition.ref));
  const { first, end } = pieceSpan(clear, index);
  const wanted = rendition.segments.slice(first, end);
  if (!part || piece.pieceIndex !== index || part.segments.length !== wanted.length) {
    throw new ReportMismatchError(`piece ${index} of ${renditionFolder(rendition.ref)} is missing or of another cut`);
  }
  const problem = wanted.map((segment, at) => timelineProblem(segment, part.segments[at] as typeof segment)).find((one) => one !== null);
  if (problem) throw new ReportMismatchError(problem);
  return part;
}
