import type { ChunkPlan, Fraction, FrameGrid } from '../../../temporal/contract/media/plan';

/** Delivery segments last about this long: long enough for compression, short enough for a quick start. */
export const SEGMENT_SECONDS = 6;

/** A range of frames with an exclusive end. */
export interface FrameRange {
  startFrame: number;
  endFrame: number;
}

/**
 * No last segment is shorter, beside others. hls.js 1.7 does not reach the end of a title whose last segment lasts less than 0.1 s, and looks
 * for segments with a tolerance of 0.25 s; segments of sound end up to 50 ms before or after those of pictures.
 */
export const SHORTEST_LAST_SECONDS = 0.5;

/**
 * The grid of segments that tiles `frameCount` frames; only the last segment may be shorter, but not than {@link SHORTEST_LAST_SECONDS}. Where
 * it would be, all segments of the title are a frame or a few longer or shorter than {@link SEGMENT_SECONDS}: they stay alike, and no key frame
 * and no segment of sound needs a place of its own.
 */
export function planGrid(frameRate: Fraction, frameCount: number): FrameGrid {
  const usual = Math.max(1, Math.round((SEGMENT_SECONDS * frameRate.num) / frameRate.den));
  const fewestFrames = Math.min(usual, Math.ceil((SHORTEST_LAST_SECONDS * frameRate.num) / frameRate.den));
  const framesPerSegment = nearestTo(usual, (length) => length >= frameCount || endsWell({ frameCount, length, fewestFrames }));
  return { frameRate, frameCount, framesPerSegment, segmentCount: Math.ceil(frameCount / framesPerSegment) };
}

function endsWell({ frameCount, length, fewestFrames }: { frameCount: number; length: number; fewestFrames: number }): boolean {
  const rest = frameCount % length;
  return rest === 0 || rest >= fewestFrames;
}

/** The nearest length of which the test holds, the longer one of two. It holds of a length that divides the title, so the search ends. */
function nearestTo(usual: number, test: (length: number) => boolean): number {
  for (let distance = 0; ; distance++) {
    if (test(usual + distance)) return usual + distance;
    if (distance < usual && test(usual - distance)) return usual - distance;
  }
}

/** Frames of the 0-based segment `index`. Throws RangeError outside the grid. */
export function segmentRange(grid: FrameGrid, index: number): FrameRange {
  if (!Number.isInteger(index) || index < 0 || index >= grid.segmentCount) {
    throw new RangeError(`segment ${index} is not one of ${grid.segmentCount}`);
  }
  const startFrame = index * grid.framesPerSegment;
  return { startFrame, endFrame: Math.min(startFrame + grid.framesPerSegment, grid.frameCount) };
}

/** 0-based number of the first segment of a chunk. */
export function firstSegmentOf(grid: FrameGrid, chunk: Pick<ChunkPlan, 'startFrame'>): number {
  return chunk.startFrame / grid.framesPerSegment;
}
