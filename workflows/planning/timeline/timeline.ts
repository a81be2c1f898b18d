import type { Fraction, VideoFacts } from '../../../temporal/contract/media/plan';
import { isStandardRate, reduce, simplestBetween, snapFrameRate, standardRatesNear } from './frame-rate';
import { irregularRate, isSteady, usualRate, usualStepTicks } from './usual-rate';

export interface TimelineInput {
  /** PTS of every shown frame, in any order. */
  ptsTicks: readonly number[];
  /** Duration of the frame that is shown last; 0 when the container does not say. */
  lastDurationTicks: number;
  /** Seconds per tick. */
  timebase: Fraction;
}

export type Timeline = Pick<VideoFacts, 'frameCount' | 'firstPts' | 'frameRate' | 'cadence' | 'gapCount' | 'duplicateCount'>;

/**
 * How far a frame may sit from its slot, in frame durations, before the source counts as variable. It admits timestamps
 * rounded to milliseconds (MKV, WebM) up to 240 frames per second, and stays below one half, where ordinal and slot part.
 */
const SLOT_TOLERANCE = 0.25;

/** As above, for frames that alternate between two durations (3:2 pulldown) or jitter: below one half, where rounding leaves each its slot. */
const UNSTEADY_TOLERANCE = 0.45;

/** Rounding that containers apply to a timestamp. */
const ROUNDING_SECONDS = 0.001;

/** Fewer frames are near to any rate. */
const FEWEST_ROUNDED = 25;

const RATE_OF_A_STILL: Fraction = { num: 25, den: 1 };

/**
 * Judges the real timestamps of a source. `constant`: frame i sits in slot i of a grid, so frames are counted, not timed.
 * `variable`: frames are mapped onto the grid of their usual step, `frameCount` slots of it cover the content. A frame that lasts
 * at least a slot has one of its own.
 * Throws RangeError for an empty list.
 */
export function analyseTimeline(input: TimelineInput): Timeline {
  const pts = [...input.ptsTicks].sort((a, b) => a - b);
  const firstPts = pts[0];
  if (firstPts === undefined) throw new RangeError('a timeline needs at least one frame');
  const { timebase } = input;
  const found = isSteady(pts, timebase) ? steadyRate(pts, input) : unsteadyRate(pts, input);
  if (found?.isConstant) {
    return { frameCount: pts.length, firstPts, frameRate: found.rate, cadence: 'constant', gapCount: 0, duplicateCount: 0 };
  }
  const frameRate = found?.rate ?? irregularRate({ pts, timebase });
  const frameCount = slotsCovering(pts, input, frameRate);
  return { frameCount, firstPts, frameRate, cadence: 'variable', ...countFaults(pts, frameRate, timebase) };
}

/**
 * Slot of a timestamp on the grid that starts at `firstPts`, rounded half away from zero as ffmpeg's `fps` filter
 * does (`round=near`). Integers throughout, so that it agrees with the filter at exact halves.
 */
export function slotOfPts(pts: number, firstPts: number, grid: { timebase: Fraction; frameRate: Fraction }): number {
  const numerator = BigInt(pts - firstPts) * BigInt(grid.timebase.num) * BigInt(grid.frameRate.num);
  const denominator = BigInt(grid.timebase.den) * BigInt(grid.frameRate.den);
  return Number((2n * numerator + denominator) / (2n * denominator));
}

/** What places the frames of a source in the slots of its title. */
export type TitleClock = Pick<VideoFacts, 'firstPts' | 'leadSlots' | 'frameRate' | 'timebase'>;

/** Slot of a timestamp in the title. `timebase` is that of the timestamp. */
export function titleSlotOf(pts: number, { firstPts, leadSlots = 0, frameRate, timebase: own }: TitleClock, timebase = own): number {
  return slotOfPts(pts, firstPts, { timebase, frameRate }) + leadSlots;
}

/** Time at which the title starts, on the clock of the source. */
export function titleStartUs({ firstPts, leadSlots = 0, frameRate, timebase }: TitleClock): number {
  return Math.round((firstPts * timebase.num * 1_000_000) / timebase.den - (leadSlots * frameRate.den * 1_000_000) / frameRate.num);
}

/**
 * Frames of a source that no slot of its grid shows, because the next one has taken theirs. Frames that share their time with
 * another one are not counted: no player shows them. `ptsTicks` in any order.
 */
export function countDroppedFrames(ptsTicks: readonly number[], timeline: Timeline, timebase: Fraction): number {
  if (timeline.cadence === 'constant') return 0;
  const shown = new Set(ptsTicks);
  const slots = new Set<number>();
  for (const pts of shown) slots.add(slotOfPts(pts, timeline.firstPts, { timebase, frameRate: timeline.frameRate }));
  return shown.size - slots.size;
}

/** `isConstant`: frame i sits in slot i; else some slots are empty. */
interface FoundRate {
  rate: Fraction;
  isConstant: boolean;
}

function steadyRate(pts: readonly number[], input: TimelineInput): FoundRate | null {
  const { timebase } = input;
  const candidates = candidateRates(pts, input).filter((rate) => isWithin(SLOT_TOLERANCE, offGrid(pts, rate, timebase)));
  const constant = candidates.find(isStandardRate) ?? standardWithinRounding(pts, timebase) ?? candidates[0];
  if (constant) return { rate: constant, isConstant: true };
  const usual = usualRateOf(pts, input);
  return usual && { rate: usual, isConstant: false };
}

/** The standard rate that every frame is as near to as rounding leaves it: one frame that is early or late tells of no other rate. */
function standardWithinRounding(pts: readonly number[], timebase: Fraction): Fraction | undefined {
  // Two timestamps are rounded, and places are counted in floating point.
  const toleranceSlots = (rate: Fraction) => (2.01 * ROUNDING_SECONDS * rate.num) / rate.den;
  return standardRatesNear(averageRate(pts, timebase), 1 / pts.length).find(
    (rate) => pts.length >= FEWEST_ROUNDED && isWithin(toleranceSlots(rate), offGrid(pts, rate, timebase)),
  );
}

/**
 * The rate of frames whose steps differ: by holes, by jitter, or because they last two and three fields in turn (3:2 pulldown, ISO/IEC
 * 13818-2 `repeat_first_field`). Their average is exact by chance only, so standard rates come first.
 */
function unsteadyRate(pts: readonly number[], input: TimelineInput): FoundRate | null {
  const { timebase } = input;
  const usual = usualRateOf(pts, input);
  if (usual && isStandardRate(usual)) return { rate: usual, isConstant: isWithin(SLOT_TOLERANCE, offGrid(pts, usual, timebase)) };
  const nearest = standardRatesNear(averageRate(pts, timebase), 1 / pts.length)
    .map((rate) => ({ rate, off: offGrid(pts, rate, timebase) }))
    .filter(({ off }) => isWithin(UNSTEADY_TOLERANCE, off))
    .sort((one, other) => spread(one.off) - spread(other.off))[0];
  if (nearest) return { rate: nearest.rate, isConstant: true };
  return steadyRate(pts, input);
}

function usualRateOf(pts: readonly number[], { timebase }: TimelineInput): Fraction | null {
  return usualRate({ pts, timebase, fits: (rate) => sitsInSlots(pts, rate, timebase) });
}

/** Rates worth testing, the likeliest first: a standard one, the exact step, the simplest fraction within rounding. */
function candidateRates(pts: readonly number[], input: TimelineInput): Fraction[] {
  const { timebase } = input;
  const spanTicks = span(pts);
  if (pts.length === 1 || spanTicks === 0) {
    const step = input.lastDurationTicks;
    return [step > 0 ? snapFrameRate(rateOfStep(step, timebase)) : RATE_OF_A_STILL];
  }
  const measured = averageRate(pts, timebase);
  const steps = pts.length - 1;
  const slackTicks = Math.max(1, Math.round((ROUNDING_SECONDS * timebase.den) / timebase.num));
  const uniformStep = spanTicks % steps === 0 ? [rateOfStep(spanTicks / steps, timebase)] : [];
  const simplest = spanTicks > slackTicks ? [simplestBetween(rateOver(spanTicks + slackTicks), rateOver(spanTicks - slackTicks))] : [];
  return [snapFrameRate(measured), ...uniformStep, ...simplest];

  function rateOver(ticks: number): Fraction {
    return reduce({ num: steps * timebase.den, den: ticks * timebase.num });
  }
}

/** How far the earliest and the latest frame are from the slots of their numbers, in slots. */
interface OffGrid {
  early: number;
  late: number;
}

function offGrid(pts: readonly number[], rate: Fraction, timebase: Fraction): OffGrid {
  const firstPts = pts[0] ?? 0;
  const slotsPerTick = (timebase.num * rate.num) / (timebase.den * rate.den);
  const off = { early: 0, late: 0 };
  for (const [index, value] of pts.entries()) {
    const slots = (value - firstPts) * slotsPerTick - index;
    off.early = Math.min(off.early, slots);
    off.late = Math.max(off.late, slots);
  }
  return off;
}

function isWithin(tolerance: number, { early, late }: OffGrid): boolean {
  return -early <= tolerance && late <= tolerance;
}

function spread({ early, late }: OffGrid): number {
  return late - early;
}

/** Whether each frame is near to a slot of its own; slots may be empty. */
function sitsInSlots(pts: readonly number[], rate: Fraction, timebase: Fraction): boolean {
  const firstPts = pts[0] ?? 0;
  const slotsPerTick = (timebase.num * rate.num) / (timebase.den * rate.den);
  let before = -1;
  return pts.every((value, index) => {
    if (value === pts[index - 1]) return true;
    const place = (value - firstPts) * slotsPerTick;
    const slot = Math.round(place);
    const isOwn = slot > before;
    before = slot;
    return isOwn && Math.abs(place - slot) <= SLOT_TOLERANCE;
  });
}

function slotsCovering(pts: readonly number[], input: TimelineInput, frameRate: Fraction): number {
  const firstPts = pts[0] ?? 0;
  const lastPts = firstPts + span(pts);
  const endPts = lastPts + (input.lastDurationTicks > 0 ? input.lastDurationTicks : usualStepTicks(pts));
  const slot = (value: number) => slotOfPts(value, firstPts, { timebase: input.timebase, frameRate });
  return Math.max(slot(lastPts) + 1, slot(endPts));
}

function countFaults(pts: readonly number[], rate: Fraction, timebase: Fraction): Pick<Timeline, 'gapCount' | 'duplicateCount'> {
  const slotTicks = (rate.den * timebase.den) / (rate.num * timebase.num);
  const steps = pts.slice(1).map((value, index) => value - (pts[index] as number));
  return {
    gapCount: steps.filter((step) => step > 1.5 * slotTicks).length,
    duplicateCount: steps.filter((step) => step === 0).length,
  };
}

function averageRate(pts: readonly number[], timebase: Fraction): Fraction {
  const spanTicks = span(pts);
  if (spanTicks === 0) return RATE_OF_A_STILL;
  return reduce({ num: (pts.length - 1) * timebase.den, den: spanTicks * timebase.num });
}

function rateOfStep(stepTicks: number, timebase: Fraction): Fraction {
  return reduce({ num: timebase.den, den: stepTicks * timebase.num });
}

function span(pts: readonly number[]): number {
  return (pts.at(-1) ?? 0) - (pts[0] ?? 0);
}
