import type { FailureType } from '../../../temporal/contract/failures';
import type { WarningCode } from '../../../temporal/contract/media/warnings';
import type { ZooKit } from './zoo-kit';

/** The expected output of a source that can be processed. */
export interface ReadyExpectation {
  ends: 'ready';
  /** Number that each output frame shows, in order. */
  frames: readonly number[];
  /** Ticks per second of the picture, and ticks per frame. */
  frameRate: { num: number; den: number };
  /** Size of the largest rendition: upright and with square pixels. */
  size: { width: number; height: number };
  /** Seconds at which clicks have to be heard, or null for a silent source. */
  clicks: readonly number[] | null;
  /** HDR keeps only the order of light and dark; everything else keeps their video levels. */
  levels: 'video' | 'ordered';
  /** Frames that a damaged source may show in place of the right ones. */
  damagedFrames: number;
  /** The source breaks off: any beginning of `frames` that is longer than half of them will do. */
  cutOff: boolean;
  /** Codes of the warnings that a user has to get. */
  warnings: readonly WarningCode[];
}

export interface FailedExpectation {
  ends: 'failed';
  failure: FailureType;
}

export type Expectation = ReadyExpectation | FailedExpectation;

/** One odd source: how it is made and how it has to end. */
export interface ZooSource {
  /** File name; unique, and its extension chooses the container. */
  name: string;
  /** What is odd, in a few words. */
  about: string;
  expect: Expectation;
  /** Writes the file `kit.path(name)`. The same tools write the same bytes. */
  make: (kit: ZooKit) => Promise<void>;
}

export const PAL = { num: 25, den: 1 } as const;
export const NTSC = { num: 30000, den: 1001 } as const;
export const SIZE = { width: 320, height: 180 } as const;

/** Frames of a clip that becomes two chunks, so that a seek is tried. */
export const LONG = 480;
export const SHORT = 60;

/** Ends ready with `frames` frames in order at 25 a second, clicks at every second, unless `change` says otherwise. */
export function ready(frames: number, change: Partial<ReadyExpectation> = {}): ReadyExpectation {
  const frameRate = change.frameRate ?? PAL;
  const seconds = (frames * frameRate.den) / frameRate.num;
  return {
    ends: 'ready',
    frames: range(0, frames),
    frameRate,
    size: SIZE,
    clicks: range(0, Math.ceil(seconds - 0.005)),
    levels: 'video',
    damagedFrames: 0,
    cutOff: false,
    warnings: [],
    ...change,
  };
}

export function failed(failure: FailureType): FailedExpectation {
  return { ends: 'failed', failure };
}

/** Whole numbers from `start` to the exclusive `end`. */
export function range(start: number, end: number): number[] {
  return Array.from({ length: end - start }, (_, index) => start + index);
}
