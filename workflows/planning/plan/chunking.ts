import type { ChunkPlan, FrameGrid } from '../../../temporal/contract/media/plan';
import { busyUntil } from './busy-until';
import { longerFirst, nearKeyFrames } from './chunk-starts';
import type { Seek } from '../timeline/seek-positions';
import { SEGMENT_SECONDS, segmentRange } from '../timeline/segment-grid';

/** A shorter chunk spends too much of its time decoding from the key frame before it. */
const SHORTEST_CHUNK_SECONDS = 12;

/** A lost worker loses too much work with a longer chunk. */
const LONGEST_CHUNK_SECONDS = 60;

/** Several chunks per slot let fast workers take over from slow ones near the end. */
const CHUNKS_PER_SLOT = 4;

/** With fewer, an even share is worth less than small chunks, of which a lost worker loses one. */
const FEWEST_CHUNKS_PER_SLOT = 2;

/** Bounds the history of the workflow that runs the chunks. */
const MOST_CHUNKS = 500;

/** Longer clips keep every slot busy, even with chunks below the shortest length. */
const ALL_SLOTS_ABOVE_SECONDS = 30;

/**
 * An encoder that gets only a frame or two does not reorder them, so the edit list of such a chunk's init segment differs
 * from that of the others. No chunk beside others is that short.
 */
const FEWEST_FRAMES = 16;

/** Approximate share of decoding in the work on a frame: H.264 of 1080p into five rungs. */
const DECODING_SHARE = 0.1;

export interface ChunkingInput {
  grid: FrameGrid;
  /** Transcode slots of all live workers. */
  transcodeSlots: number;
  /** How a chunk that starts at this frame gets there, from `seekPositions`. */
  seekOfFrame: (frame: number) => Seek;
}

/**
 * Splits the grid into chunks of whole segments, in order, without gap or overlap. Their lengths differ by a segment at
 * most. Which ones are longer is up to the source's key frames, as long as the slots are not done later for it.
 */
export function planChunks({ grid, transcodeSlots, seekOfFrame }: ChunkingInput): ChunkPlan[] {
  const slots = Math.max(1, transcodeSlots);
  const shares = { segmentCount: grid.segmentCount, chunkCount: countChunks(grid, slots) };
  const startOf = (segment: number) => segmentRange(grid, segment).startFrame;
  const even = chunksFrom(grid, longerFirst(shares).map(startOf), seekOfFrame);
  const thrifty = chunksFrom(
    grid,
    nearKeyFrames(shares, (segment) => seekOfFrame(startOf(segment)).prerollFrames).map(startOf),
    seekOfFrame,
  );
  const doneAfter = (chunks: readonly SoughtChunk[]) => busyUntil(chunks.map(workOf), slots);
  const chosen = doneAfter(thrifty) <= doneAfter(even) ? thrifty : even;
  return chosen.map(({ seek, ...chunk }) => ({
    ...chunk,
    seekUs: seek.seekUs,
    ...(seek.heldSlot === undefined ? {} : { heldSlot: seek.heldSlot }),
  }));
}

type SoughtChunk = Omit<ChunkPlan, 'seekUs'> & { seek: Seek };

function chunksFrom({ frameCount }: FrameGrid, startFrames: readonly number[], seekOfFrame: ChunkingInput['seekOfFrame']): SoughtChunk[] {
  const starts = startFrames.filter((startFrame) => startFrame === 0 || frameCount - startFrame >= FEWEST_FRAMES);
  return starts.map((startFrame, index) => ({
    index,
    startFrame,
    endFrame: starts[index + 1] ?? frameCount,
    seek: seekOfFrame(startFrame),
  }));
}

/** In frames that are decoded and encoded. */
function workOf({ startFrame, endFrame, seek }: SoughtChunk): number {
  return endFrame - startFrame + DECODING_SHARE * seek.prerollFrames;
}

function countChunks(grid: FrameGrid, slots: number): number {
  const segments = grid.segmentCount;
  const fewest = Math.ceil((segments * SEGMENT_SECONDS) / LONGEST_CHUNK_SECONDS);
  const most = Math.floor((segments * SEGMENT_SECONDS) / SHORTEST_CHUNK_SECONDS);
  const balanced = sharedEvenly({ fewest, most: Math.min(MOST_CHUNKS, most), slots });
  const durationSeconds = (grid.frameCount * grid.frameRate.den) / grid.frameRate.num;
  const forAllSlots = durationSeconds > ALL_SLOTS_ABOVE_SECONDS ? Math.min(slots, segments) : 1;
  const withEnoughFrames = Math.floor(grid.frameCount / FEWEST_FRAMES);
  return Math.max(1, Math.min(MOST_CHUNKS, withEnoughFrames, Math.max(balanced, forAllSlots)));
}

/** As many chunks for each slot as for any other, where the bounds allow it: a rest would keep a few slots busy and the others waiting. */
function sharedEvenly({ fewest, most, slots }: { fewest: number; most: number; slots: number }): number {
  const wanted = Math.max(fewest, Math.min(most, slots * CHUNKS_PER_SLOT));
  const up = Math.ceil(wanted / slots) * slots;
  const down = Math.floor(most / slots) * slots;
  if (up <= most) return up;
  return down >= Math.max(fewest, FEWEST_CHUNKS_PER_SLOT * slots) ? down : wanted;
}
