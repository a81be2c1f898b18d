import type { Fraction, VideoRung } from '../../../temporal/contract/plan';
import { toNumber } from '../timeline/frame-rate';
import { h264Level } from '../families/h264-level';

interface LadderStep {
  /** Bound on the short side of the picture, so that portrait video gets the same rungs as landscape. */
  shortSide: number;
  maxrateBps: number;
  crf: number;
  profile: string;
}

/** Largest first. Rates are for 16:9 at up to 30 frames per second. */
const LADDER: readonly LadderStep[] = [
  { shortSide: 2160, maxrateBps: 18_000_000, crf: 23, profile: 'high' },
  { shortSide: 1440, maxrateBps: 9_000_000, crf: 23, profile: 'high' },
  { shortSide: 1080, maxrateBps: 5_000_000, crf: 22, profile: 'high' },
  { shortSide: 720, maxrateBps: 2_800_000, crf: 22, profile: 'high' },
  { shortSide: 480, maxrateBps: 1_400_000, crf: 22, profile: 'main' },
  { shortSide: 360, maxrateBps: 800_000, crf: 22, profile: 'main' },
  { shortSide: 240, maxrateBps: 400_000, crf: 22, profile: 'main' },
];

/** A source this much larger than its best rung keeps its own size as the top rung: 768x432 must not end at 360p. */
const OWN_SIZE_ABOVE = 1.1;

/** Faster motion gets the table's cap, one and a half times the ordinary rate. */
const HIGH_FRAME_RATE_ABOVE = 31;
const HIGH_FRAME_RATE_FACTOR = 1.5;

/** Seconds of maxrate that a scene may borrow: peaks over a segment stay below one and a half times maxrate. */
const BUFFER_SECONDS = 2;

/** Longer sides would leave the H.264 levels that players decode; ultra-wide pictures get smaller as a whole. */
const LONGEST_SIDE = 4096;

export interface LadderInput {
  /** Size as shown: rotation applied and pixels squared. */
  width: number;
  height: number;
  frameRate: Fraction;
}

/**
 * The H.264 rungs of a source, largest first: every step that is no larger than the source, topped by the source's own
 * size when it lies clearly between two steps, or below the lowest. Sizes are even and keep the aspect ratio.
 */
export function planLadder(input: LadderInput): VideoRung[] {
  const source = withinLongestSide(input);
  const shortSide = Math.min(source.width, source.height);
  const steps = LADDER.filter((step) => step.shortSide <= shortSide);
  const best = steps[0];
  const largest = LADDER[0] as LadderStep;
  const ownSize = best === undefined || (best !== largest && shortSide > best.shortSide * OWN_SIZE_ABOVE);
  return [...(ownSize ? [ownSizeStep(shortSide)] : []), ...steps].map((step) => rungOf(step, source));
}

function withinLongestSide(source: LadderInput): LadderInput {
  const factor = Math.min(1, LONGEST_SIDE / Math.max(source.width, source.height));
  const scaled = (pixels: number) => Math.max(2, Math.round(pixels * factor));
  return factor < 1 ? { ...source, width: scaled(source.width), height: scaled(source.height) } : source;
}

/** A step of the source's own size: the rate lies between its neighbours', by the area of a picture of that height. */
function ownSizeStep(shortSide: number): LadderStep {
  const upper = LADDER.findLast((step) => step.shortSide >= shortSide) as LadderStep;
  const lower = LADDER.find((step) => step.shortSide < shortSide) ?? { shortSide: 0, maxrateBps: 64_000 };
  const share = (shortSide ** 2 - lower.shortSide ** 2) / (upper.shortSide ** 2 - lower.shortSide ** 2);
  const maxrateBps = Math.round((lower.maxrateBps + share * (upper.maxrateBps - lower.maxrateBps)) / 1000) * 1000;
  return { ...upper, shortSide: Math.max(2, even(shortSide, Math.floor)), maxrateBps };
}

function rungOf(step: LadderStep, source: LadderInput): VideoRung {
  const size = sizeOf(step.shortSide, source);
  const factor = toNumber(source.frameRate) > HIGH_FRAME_RATE_ABOVE ? HIGH_FRAME_RATE_FACTOR : 1;
  const maxrateBps = step.maxrateBps * factor;
  const bufsizeBits = maxrateBps * BUFFER_SECONDS;
  const level = h264Level({ ...size, frameRate: source.frameRate, maxrateBps, bufsizeBits });
  return { name: `${step.shortSide}p`, ...size, crf: step.crf, maxrateBps, bufsizeBits, profile: step.profile, level };
}

function sizeOf(bound: number, { width, height }: LadderInput): { width: number; height: number } {
  const short = Math.min(width, height);
  const longest = even(Math.max(width, height), Math.floor);
  const long = Math.min(longest, Math.max(2, even((Math.max(width, height) * bound) / short, halfDown)));
  return width >= height ? { width: long, height: bound } : { width: bound, height: long };
}

/** Nearest integer, halves down: 854x480 gives 426x240, the size that players know. */
function halfDown(value: number): number {
  return Math.ceil(value - 0.5);
}

function even(pixels: number, round: (value: number) => number): number {
  return 2 * round(pixels / 2);
}
