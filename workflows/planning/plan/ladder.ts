import type { CustomRung } from '../../../temporal/contract/media/custom-ladder';
import type { EncodingRequest, FamilyEncoding, RungName } from '../../../temporal/contract/media/encoding';
import { askedFamilyOf, isHdrSet, CODEC_FAMILIES } from '../../../temporal/contract/media/families';
import { fittingSpeed } from '../encode/rung-groups';
import { hdrPictureOf } from '../../../temporal/contract/media/hdr';
import type { FamilyPlan, Fraction, VideoFacts, VideoRung } from '../../../temporal/contract/media/plan';
import { toNumber } from '../timeline/frame-rate';
import type { Family, LadderStep } from '../families/family';
import { customSteps } from './custom-ladder';
import { even, halfDown, stepAt } from './ladder-step';

/** A source this much larger than its best rung keeps its own size as the top rung: 768x432 must not end at 360p. */
const OWN_SIZE_ABOVE = 1.1;

/** Faster motion gets the table's cap, one and a half times the ordinary rate. */
const HIGH_FRAME_RATE_ABOVE = 31;
const HIGH_FRAME_RATE_FACTOR = 1.5;

/** Seconds of maxrate that a scene may borrow: peaks over a segment stay below one and a half times maxrate. */
const BUFFER_SECONDS = 2;

export interface LadderInput {
  /** Size as shown: rotation applied and pixels squared. */
  width: number;
  height: number;
  frameRate: Fraction;
}

/** What a request says about a ladder. */
type LadderRequest = Pick<EncodingRequest, 'highestRung' | 'lowestRung'>;

type LadderFamily = Pick<Family, 'ladder' | 'longestSide' | 'level'>;

type RenditionSource = Pick<VideoFacts, 'width' | 'height' | 'frameRate' | 'colour' | 'light'>;

/**
 * The renditions of a source in a codec family, encoded as was asked for, as far as a slot has the memory; an HDR set as its codec. Throws RangeError for the HDR set of a
 * source that is not HDR.
 */
export function planRenditions(family: Family, source: RenditionSource, request: Omit<EncodingRequest, 'isStrict'>): FamilyPlan {
  const encoding = request.families[askedFamilyOf(family.name)] ?? { speed: family.defaultSpeed };
  const ladder = family.ladder.map((step) => asAsked(step, encoding));
  const asked = request.ladder;
  const rungs = asked
    ? planCustomLadder({ ...family, ladder }, source, { asked, table: family.ladder })
    : planLadder({ ...family, ladder }, source, request);
  const speed = fittingSpeed(family, rungs, { asked: encoding.speed, speeds: CODEC_FAMILIES[family.name].speeds });
  return { family: family.name, speed, rungs: isHdrSet(family.name) ? withHdr(rungs, source) : rungs };
}

function withHdr(rungs: readonly VideoRung[], source: RenditionSource): VideoRung[] {
  const hdr = hdrPictureOf(source);
  if (hdr === null) throw new RangeError('an HDR set of a source that is not HDR');
  return rungs.map((rung) => ({ ...rung, hdr }));
}

/**
 * The rungs of a source in a codec family, largest first: every step of its table that is no larger than the source, topped by
 * the source's own size when it lies clearly between two steps, or below the lowest. Sizes are even and keep the aspect ratio. A source
 * below the lowest rung that was asked for keeps its largest one.
 */
export function planLadder(family: LadderFamily, input: LadderInput, { highestRung, lowestRung }: LadderRequest = {}): VideoRung[] {
  const { ladder } = family;
  const source = withinLongestSide(family.longestSide, input);
  const shortSide = Math.min(source.width, source.height);
  const highest = shortSideOf(highestRung) ?? Infinity;
  const steps = ladder.filter((step) => step.shortSide <= Math.min(shortSide, highest));
  const best = steps[0];
  const largest = ladder[0] as LadderStep;
  const ownSize = best === undefined || (best !== largest && shortSide <= highest && shortSide > best.shortSide * OWN_SIZE_ABOVE);
  const all = ownSize ? [stepAt(ladder, shortSide), ...steps] : steps;
  const lowest = shortSideOf(lowestRung) ?? 0;
  return all
    .filter((step, index) => index === 0 || step.shortSide >= lowest)
    .map((step) => rungOf(family, atFrameRate(step, source), source));
}

/** The rungs of a ladder that an upload brings, largest first. `table` has the family's own rates, and its `ladder` the quality that was asked for. */
function planCustomLadder(
  family: LadderFamily,
  input: LadderInput,
  { asked, table }: { asked: readonly CustomRung[]; table: readonly LadderStep[] },
): VideoRung[] {
  const source = withinLongestSide(family.longestSide, input);
  return customSteps(asked, source, { table, quality: family.ladder }).map((step) => rungOf(family, step, source));
}

function asAsked(step: LadderStep, { crf, capPercent = 100 }: FamilyEncoding): LadderStep {
  const maxrateBps = Math.round((step.maxrateBps * capPercent) / 100 / 1000) * 1000;
  const asked = typeof crf === 'number' ? crf : crf?.[`${step.shortSide}p` as RungName];
  return { ...step, crf: asked ?? step.crf, maxrateBps };
}

/** In pixels. */
function shortSideOf(name: RungName | undefined): number | undefined {
  return name && parseInt(name, 10);
}

/** Longer sides would leave the levels that players decode; ultra-wide pictures get smaller as a whole. */
function withinLongestSide(longestSide: number, source: LadderInput): LadderInput {
  const factor = Math.min(1, longestSide / Math.max(source.width, source.height));
  const scaled = (pixels: number) => Math.max(2, Math.round(pixels * factor));
  return factor < 1 ? { ...source, width: scaled(source.width), height: scaled(source.height) } : source;
}

function atFrameRate(step: LadderStep, { frameRate }: LadderInput): LadderStep {
  const factor = toNumber(frameRate) > HIGH_FRAME_RATE_ABOVE ? HIGH_FRAME_RATE_FACTOR : 1;
  return { ...step, maxrateBps: step.maxrateBps * factor };
}

function rungOf(family: LadderFamily, step: LadderStep, source: LadderInput): VideoRung {
  const size = sizeOf(step.shortSide, source);
  const { maxrateBps } = step;
  const bufsizeBits = maxrateBps * BUFFER_SECONDS;
  const level = family.level({ ...size, frameRate: source.frameRate, maxrateBps, bufsizeBits });
  return { name: `${step.shortSide}p`, ...size, crf: step.crf, maxrateBps, bufsizeBits, profile: step.profile, level };
}

function sizeOf(bound: number, { width, height }: LadderInput): { width: number; height: number } {
  const short = Math.min(width, height);
  const longest = even(Math.max(width, height), Math.floor);
  const long = Math.min(longest, Math.max(2, even((Math.max(width, height) * bound) / short, halfDown)));
  return width >= height ? { width: long, height: bound } : { width: bound, height: long };
}
