import type { ProtectionGroup } from '../../../temporal/contract/activities';
import type { RenditionReport } from '../../../temporal/contract/media/reports';
import { renditionsOf, type Presentation } from '../manifests/presentation';

/** One run of the packager has this much media: enough that its start costs little, and little enough to be done again. */
const PIECE_SECONDS = 60;

/** A history takes six events for a piece; a title has two groups, and a run stays below the 4,096 events that the server advises. */
const MOST_PIECES = 300;

/** A range of 0-based segments with an exclusive end. */
export interface SegmentSpan {
  first: number;
  end: number;
}

/** The renditions of a group. */
export function renditionsOfGroup(presentation: Presentation, group: ProtectionGroup): RenditionReport[] {
  return renditionsOf(presentation).filter((rendition) => groupOf(rendition) === group);
}

/** The groups of a presentation, in its order. */
export function groupsOf(presentation: Presentation): ProtectionGroup[] {
  return [...new Set(renditionsOf(presentation).map(groupOf))];
}

/** How many pieces the renditions of a group are encrypted in, one at least. */
export function pieceCount(renditions: readonly RenditionReport[]): number {
  return Math.max(1, Math.ceil(segmentCountOf(renditions) / segmentsPerPiece(renditions)));
}

/** The segments of a piece in each of the renditions. */
export function pieceSpan(renditions: readonly RenditionReport[], pieceIndex: number): SegmentSpan {
  const length = segmentsPerPiece(renditions);
  const first = pieceIndex * length;
  return { first, end: Math.min(first + length, segmentCountOf(renditions)) };
}

function groupOf({ ref }: RenditionReport): ProtectionGroup {
  return ref.kind === 'audio' ? 'audio' : (ref.family as ProtectionGroup);
}

function segmentsPerPiece(renditions: readonly RenditionReport[]): number {
  const [longestSeconds = 1] = renditions.map(({ segments, timescale }) => (segments[0]?.durationTicks ?? timescale) / timescale);
  const wanted = Math.max(1, Math.floor(PIECE_SECONDS / longestSeconds));
  return Math.max(wanted, Math.ceil(segmentCountOf(renditions) / MOST_PIECES));
}

/** Packets of codecs and rates of sound differ in length, so a last segment may be there in one rendition and not in another. */
export function hasSegmentsIn({ segments }: Pick<RenditionReport, 'segments'>, { first }: SegmentSpan): boolean {
  return segments.length > first;
}

/** The renditions of a group are cut alike: those of a family on the grid, sound at the same times as far as its packets end there. */
function segmentCountOf(renditions: readonly RenditionReport[]): number {
  return Math.max(0, ...renditions.map(({ segments }) => segments.length));
}
