import type { ChunkPlan, Plan } from '../../../temporal/contract/media/plan';
import { FEWEST_FRAMES } from './chunking';
import { firstSegmentOf, segmentRange } from '../timeline/segment-grid';

/** What stretches of a chunk are found with. */
type Cutting = Pick<Plan, 'grid' | 'segmentSeeksUs'>;

/**
 * A chunk in the stretches that are encoded by themselves: its cut segments, and what lies between them. Encoders start anew in each, so the
 * bytes of a cut segment are the same whether it is made before its chunk, for viewers who wait, or with it. A cut where no encoder can start
 * is left out, which makes the stretch before it longer. `cuts` are 0-based segments, numbered within the title, in any order.
 */
export function stretchesOf(plan: Cutting, chunk: ChunkPlan, cuts: readonly number[]): ChunkPlan[] {
  const { grid, segmentSeeksUs = [] } = plan;
  const wanted = cuts.flatMap((segment) => [segment, segment + 1]).filter((segment) => mayStart(plan, chunk, segment));
  const starts = [...new Set(wanted)].sort((a, b) => a - b);
  const frames = starts.map((segment) => segmentRange(grid, segment).startFrame);
  const head = { ...chunk, endFrame: frames[0] ?? chunk.endFrame };
  return [
    head,
    ...starts.map((segment, index) => ({
      index: chunk.index,
      startFrame: frames[index] as number,
      endFrame: frames[index + 1] ?? chunk.endFrame,
      seekUs: segmentSeeksUs[segment] as number,
    })),
  ];
}

/**
 * The segment of a chunk to cut out, so that a 0-based segment of the title is in its stretch: itself, or the last one before it where encoders can
 * start.
 */
export function cutFor(plan: Cutting, chunk: ChunkPlan, segment: number): number {
  const first = firstSegmentOf(plan.grid, chunk);
  let cut = segment;
  while (cut > first && !mayStart(plan, chunk, cut)) cut -= 1;
  return cut;
}

/** The stretch of a chunk that has a 0-based segment of the title; undefined where the chunk does not have it. */
export function stretchWith(plan: Cutting, chunk: ChunkPlan, { segment, cuts }: { segment: number; cuts: readonly number[] }) {
  const frame = segment * plan.grid.framesPerSegment;
  return stretchesOf(plan, chunk, cuts).find(({ startFrame, endFrame }) => startFrame <= frame && frame < endFrame);
}

/** Whether encoders can start within a chunk with this segment. */
function mayStart({ grid, segmentSeeksUs = [] }: Cutting, chunk: ChunkPlan, segment: number): boolean {
  if (segmentSeeksUs[segment] === undefined) return false;
  const { startFrame } = segmentRange(grid, segment);
  const frames = Math.min(grid.framesPerSegment, chunk.endFrame - startFrame);
  return startFrame > chunk.startFrame && frames >= FEWEST_FRAMES;
}
