import type { ChunkPlan, FrameGrid } from '../../../temporal/contract/media/plan';
import { busyUntil } from './busy-until';
import { longerFirst, nearKeyFrames, rampLengths, type SegmentShares } from './chunk-starts';
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
 * from that of the others. No chunk beside others, and no stretch of one, is that short.
 */
export const FEWEST_FRAMES = 16;

/** Approximate share of decoding in the work on a frame: H.264 of 1080p into five rungs. */
const DECODING_SHARE = 0.1;

/** One more start of the encoders for so many segments costs 1.25 % of the CPU of a title at most. */
const SEGMENTS_PER_EXTRA_CHUNK = 4;

/** Approximate cost of starting the encoders of a chunk, in seconds of film: 0.5 s of CPU, where a second of 1080p takes 1.6. */
const START_SECONDS = 0.3;

/** How many numbers of chunks behind a ramp are compared. */
const MOST_COUNTS = 16;

/** A title that opens early may be done later by as much. */
const MOST_DELAY = 1.03;

export interface ChunkingInput {
  grid: FrameGrid;
  /** Transcode slots of all live workers. */
  transcodeSlots: number;
  /** How a chunk that starts at this frame gets there, from `seekPositions`. */
  seekOfFrame: (frame: number) => Seek;
  /** The title plays as soon as its first chunk is there, so the first chunks are short. */
  opensEarly?: boolean;
}

/**
 * Splits the grid into chunks of whole segments, in order, without gap or overlap. Their lengths differ by a segment at
 * most, but for the first ones of a title that opens early. Which ones are longer is up to the source's key frames, as long as the slots are
 * not done later for it.
 */
export function planChunks({ opensEarly = false, ...input }: ChunkingInput): ChunkPlan[] {
  const slots = Math.max(1, input.transcodeSlots);
  const fleet = { ...input, slots };
  const usual = { ramp: [], restCount: countChunks(input.grid, slots) };
  const chosen = arrange(fleet, (opensEarly ? chooseRamp(fleet, usual.restCount) : null) ?? usual);
  return chosen.map(({ seek, ...chunk }) => ({
    ...chunk,
    seekUs: seek.seekUs,
    ...(seek.heldSlot === undefined ? {} : { heldSlot: seek.heldSlot }),
  }));
}

type Fleet = Pick<ChunkingInput, 'grid' | 'seekOfFrame'> & { slots: number };

/** Chunks of given lengths, in segments, and so many of even lengths behind them. */
interface Shape {
  ramp: readonly number[];
  restCount: number;
}

/**
 * The longest ramp that neither starts encoders too often nor keeps the slots busy too long, and the number of chunks behind it that does
 * so the least; null where there is none.
 */
function chooseRamp({ grid, slots }: Fleet, usualCount: number): Shape | null {
  const { segmentCount, framesPerSegment } = grid;
  if (framesPerSegment < FEWEST_FRAMES) return null;
  const usualLength = Math.ceil(segmentCount / usualCount);
  const most = Math.min(MOST_CHUNKS, usualCount + Math.floor(segmentCount / SEGMENTS_PER_EXTRA_CHUNK));
  const latest = MOST_DELAY * shapeBusyUntil(grid, { ramp: [], restCount: usualCount }, slots);
  const full = rampLengths(usualLength);
  for (let length = full.length; length > 0; length--) {
    const ramp = full.slice(0, length);
    const rest = segmentCount - sum(ramp);
    const fewest = Math.ceil(rest / usualLength);
    const counts = range(Math.max(1, fewest), Math.min(rest, fewest + Math.min(slots, MOST_COUNTS), most - length));
    const shapes = counts.map((restCount) => ({ ramp, restCount }));
    const ends = shapes.map((shape) => shapeBusyUntil(grid, shape, slots));
    const soonest = Math.min(...ends);
    if (soonest <= latest) return shapes[ends.indexOf(soonest)] ?? null;
  }
  return null;
}

/** In seconds of film, before it is known how far the key frames are. */
function shapeBusyUntil({ segmentCount, framesPerSegment, frameRate }: FrameGrid, shape: Shape, slots: number): number {
  const starts = segmentStarts(segmentCount, shape, longerFirst);
  const segmentSeconds = (framesPerSegment * frameRate.den) / frameRate.num;
  const lengths = starts.map((start, index) => (starts[index + 1] ?? segmentCount) - start);
  return busyUntil(
    lengths.map((length) => length * segmentSeconds + START_SECONDS),
    slots,
  );
}

function arrange({ grid, seekOfFrame, slots }: Fleet, shape: Shape): SoughtChunk[] {
  const startOf = (segment: number) => segmentRange(grid, segment).startFrame;
  const before = sum(shape.ramp);
  const prerollOf = (segment: number) => seekOfFrame(startOf(before + segment)).prerollFrames;
  const chunksOf = (order: (shares: SegmentShares) => number[]) =>
    chunksFrom(grid, segmentStarts(grid.segmentCount, shape, order).map(startOf), seekOfFrame);
  const even = chunksOf(longerFirst);
  const thrifty = chunksOf((shares) => nearKeyFrames(shares, prerollOf));
  const doneAfter = (chunks: readonly SoughtChunk[]) => busyUntil(chunks.map(workOf), slots);
  return doneAfter(thrifty) <= doneAfter(even) ? thrifty : even;
}

/** The first segment of every chunk. */
function segmentStarts(segmentCount: number, { ramp, restCount }: Shape, order: (shares: SegmentShares) => number[]): number[] {
  const before = sum(ramp);
  const rest = order({ segmentCount: segmentCount - before, chunkCount: restCount });
  return [...ramp.map((_, index) => sum(ramp.slice(0, index))), ...rest.map((segment) => before + segment)];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Whole numbers from `first` to `last`, both included. */
function range(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
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
