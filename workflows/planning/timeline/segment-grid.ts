import type { ChunkPlan, Fraction, FrameGrid } from '../../../temporal/contract/media/plan';

/** Delivery segments last about this long: long enough for compression, short enough for a quick start. */
export const SEGMENT_SECONDS = 6;

/** A range of frames with an exclusive end. */
export interface FrameRange {
  startFrame: number;
  endFrame: number;
}

/** The grid of segments that tiles `frameCount` frames; only the last segment may be shorter. */
export function planGrid(frameRate: Fraction, frameCount: number): FrameGrid {
  const framesPerSegment = Math.max(1, Math.round((SEGMENT_SECONDS * frameRate.num) / frameRate.den));
  return { frameRate, frameCount, framesPerSegment, segmentCount: Math.ceil(frameCount / framesPerSegment) };
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
