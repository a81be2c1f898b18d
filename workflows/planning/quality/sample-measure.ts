import type { Fraction } from '../../../temporal/contract/media/plan';
import { BoxReader } from '../isobmff/box';
import { readSamples } from '../isobmff/samples';
import { checkStretches, levelsBetween } from '../proof/check-stretches';
import { onlyCells } from '../encode/watermark/unmarked-cells';
import { median, starvedFrames } from '../proof/starved-frames';

/** What was found at one place of one rendition. */
export interface SampleMeasure {
  /** Grid frame of the title at which the sample starts. */
  startFrame: number;
  /** Scores of the judged frames. */
  vmaf: readonly number[];
  /** A black or frozen stretch that the source does not have, or null. */
  stretch: string | null;
  /**
   * Median change from one source frame to the next, in levels of luma a pixel of a signature: where frames are repeated, as in a recording
   * with a variable rate, coded frames are small however much the others move.
   */
  movementLevels: number;
  /** Mean difference of the shown frames from those of the source, in the same levels. */
  levelsOff: number;
  /** Mean size of the coded frames behind the key frame; null when there is none. */
  bytesPerFrame: number | null;
}

export interface SampledFrames {
  startFrame: number;
  frames: number;
  vmaf: readonly number[];
  sourceSignatures: readonly Uint8Array[];
  shownSignatures: readonly Uint8Array[];
  /** Samples of a signature that no watermark reaches; null where all are compared. */
  cells?: readonly number[] | null;
  /** The media segment that starts at the sample. */
  segment: Uint8Array;
  frameRate: Fraction;
  /** The cap that it was encoded with. */
  maxrateBps: number;
}

/** Throws `MalformedBoxError` when the segment is none. */
export function sampleMeasure(sample: SampledFrames): SampleMeasure {
  const { startFrame, frames, vmaf, segment, cells = null } = sample;
  const sourceSignatures = onlyCells(sample.sourceSignatures, cells);
  const shownSignatures = onlyCells(sample.shownSignatures, cells);
  const coded = codedSizes(segment);
  const starved = starvedFrames(sourceSignatures, shownSignatures, {
    ...sample,
    segments: [{ sampleCount: coded.length, sizeBytes: segment.byteLength }],
  });
  return {
    startFrame,
    vmaf,
    stretch: checkStretches(sourceSignatures, shownSignatures, starved),
    movementLevels: median(sourceSignatures.slice(1).map((frame, index) => levelsBetween(sourceSignatures[index] as Uint8Array, frame))),
    levelsOff: mean(shownSignatures.map((frame, index) => levelsBetween(sourceSignatures[index] ?? frame, frame))) ?? 0,
    bytesPerFrame: mean(coded.slice(1, frames)),
  };
}

function codedSizes(segment: Uint8Array): number[] {
  const reader = new BoxReader(segment);
  return readSamples(reader, reader.box('moof')).samples.map(({ sizeBytes }) => sizeBytes);
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
