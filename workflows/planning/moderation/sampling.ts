import type { FrameGrid } from '../../../temporal/contract/media/plan';

/**
 * A title of up to an hour is scored once a second; a longer one less often, so that a film costs no more than that: a minute of one
 * core at 17 ms a frame.
 */
const MOST_SAMPLES = 3_600;

/** Samples that are decoded, scored and dropped together: 9 MB of raw pictures. */
const SAMPLES_PER_BATCH = 60;

/** Whole segments that are decoded in one run, and the sampled frames in them. */
export interface SampleBatch {
  /** 0-based, with an exclusive end. */
  firstSegment: number;
  endSegment: number;
  /** The first frame of the first segment. */
  startFrame: number;
  /** Ascending, of the title. */
  sampledFrames: number[];
}

/** Frames from one sample to the next: those of a second, or more for a title that would have more than {@link MOST_SAMPLES}. */
export function samplingStep({ frameRate, frameCount }: Pick<FrameGrid, 'frameRate' | 'frameCount'>): number {
  const oneSecond = Math.max(1, Math.round(frameRate.num / frameRate.den));
  return Math.max(oneSecond, Math.ceil(frameCount / MOST_SAMPLES));
}

/** The samples of a title, the first frame among them and then every `step`-th, in batches; as moderation takes them unless said otherwise. */
export function sampleBatches(
  grid: FrameGrid,
  { step, perBatch } = { step: samplingStep(grid), perBatch: SAMPLES_PER_BATCH },
): SampleBatch[] {
  const { framesPerSegment, segmentCount, frameCount } = grid;
  const segments = Math.max(1, Math.floor((perBatch * step) / framesPerSegment));
  const batches: SampleBatch[] = [];
  for (let firstSegment = 0; firstSegment < segmentCount; firstSegment += segments) {
    const endSegment = Math.min(firstSegment + segments, segmentCount);
    const startFrame = firstSegment * framesPerSegment;
    const endFrame = Math.min(endSegment * framesPerSegment, frameCount);
    const sampledFrames: number[] = [];
    for (let frame = Math.ceil(startFrame / step) * step; frame < endFrame; frame += step) sampledFrames.push(frame);
    if (sampledFrames.length > 0) batches.push({ firstSegment, endSegment, startFrame, sampledFrames });
  }
  return batches;
}

/** When a frame of the title is shown. */
export function frameTimeMs({ frameRate: { num, den } }: Pick<FrameGrid, 'frameRate'>, frame: number): number {
  return Math.round((frame * den * 1000) / num);
}
