import type { Fraction } from '../../../temporal/contract/media/plan';
import { reduce, simplestBetween, snapFrameRate, toNumber, variableGridRate } from './frame-rate';

/** Steps this near to another one, as a share of it, are the same step but for rounding and jitter. */
const SAME_STEP = 0.25;

/** Rounding that containers apply to a timestamp. */
const ROUNDING_SECONDS = 0.001;

/** Where among the sorted steps the step between neighbouring frames is looked for: lost frames make others longer, never shorter. */
const STEP_QUANTILES = [0.5, 0.25, 0.1];

/** Short steps of a few frames are a burst: above this the grid follows the usual step only. */
const FASTEST_BURST = 60.01;

/** A shorter step is near to the rounding of timestamps, which then fit any grid. */
const FASTEST_USUAL = 240.01;

const RATE_OF_A_STILL: Fraction = { num: 25, den: 1 };

/** What is said about a source whose frames do not follow each other evenly. */
export interface UnevenTimes {
  /** Ascending. */
  pts: readonly number[];
  timebase: Fraction;
  /** Whether every frame sits in a slot of its own, near enough to it. */
  fits: (rate: Fraction) => boolean;
}

/**
 * The grid rate of a source with pauses or holes: that of the usual step between its frames, or of the shorter step that all others are
 * multiples of; null for a source that has none.
 */
export function usualRate({ pts, timebase, fits }: UnevenTimes): Fraction | null {
  const steps = stepsOf(pts);
  if (steps.length === 0) return RATE_OF_A_STILL;
  const times = { pts, timebase, steps };
  for (const [index, quantile] of STEP_QUANTILES.entries()) {
    const rate = ratesOfStep(times, stepAt(steps, quantile)).find(fits);
    if (rate && toNumber(rate) <= (index === 0 ? FASTEST_USUAL : FASTEST_BURST)) return rate;
  }
  return null;
}

/** The grid rate of an irregular source: the next standard rate that has a slot for each frame of the usual step. */
export function irregularRate({ pts, timebase }: Pick<UnevenTimes, 'pts' | 'timebase'>): Fraction {
  const steps = stepsOf(pts);
  const step = stepAt(steps, 0.5);
  const even = steps.filter((one) => Math.abs(one - step) <= 2 * roundingTicks(timebase));
  const rate = rateOfSteps(even, timebase);
  const isEven = even.length * 2 >= steps.length && toNumber(rate) <= FASTEST_USUAL;
  return isEven ? snapFrameRate(rate, uncertaintyOf(even)) : variableGridRate(rateOfSteps(nearSteps(steps, step), timebase));
}

/** Whether all steps are the same but for the rounding of a container. */
export function isSteady(pts: readonly number[], timebase: Fraction): boolean {
  const steps = stepsOf(pts);
  return (steps.at(-1) ?? 0) - (steps[0] ?? 0) <= 2 * roundingTicks(timebase);
}

/** The step that most frames take, in ticks: their middle one. */
export function usualStepTicks(pts: readonly number[]): number {
  return stepAt(stepsOf(pts), 0.5);
}

interface Times {
  pts: readonly number[];
  timebase: Fraction;
  /** Ascending. */
  steps: readonly number[];
}

/** Steps from each frame to the next that is shown at another time, ascending. */
function stepsOf(pts: readonly number[]): number[] {
  return pts
    .slice(1)
    .map((value, index) => value - (pts[index] as number))
    .filter((step) => step > 0)
    .sort((a, b) => a - b);
}

function stepAt(steps: readonly number[], quantile: number): number {
  return steps[Math.floor((steps.length - 1) * quantile)] ?? 0;
}

function nearSteps(steps: readonly number[], step: number): number[] {
  return steps.filter((one) => Math.abs(one - step) <= SAME_STEP * step);
}

/** By the steps near to this one, then over the whole length, which tells rates apart that the rounding of single steps hides. */
function ratesOfStep({ pts, timebase, steps }: Times, step: number): Fraction[] {
  const near = nearSteps(steps, step);
  const measured = rateOfSteps(near, timebase);
  const rate = snapFrameRate(measured);
  const spanTicks = (pts.at(-1) ?? 0) - (pts[0] ?? 0);
  const ticksPerSlot = (rate.den * timebase.den) / (rate.num * timebase.num);
  const slots = steps.reduce((sum, one) => sum + Math.round(one / ticksPerSlot), 0);
  const slackTicks = roundingTicks(timebase);
  if (slots === 0 || spanTicks <= slackTicks) return [rate];
  const over = (ticks: number) => reduce({ num: slots * timebase.den, den: ticks * timebase.num });
  // A pause that is no whole number of steps bends the whole length; the steps themselves know better.
  const isNear = (other: Fraction) => Math.abs(toNumber(other) / toNumber(measured) - 1) <= uncertaintyOf(near);
  const long = [snapFrameRate(over(spanTicks)), simplestBetween(over(spanTicks + slackTicks), over(spanTicks - slackTicks))];
  return [rate, ...long.filter(isNear)];
}

/** Share by which the mean of such steps may be wrong: holes may leave only those that were rounded the same way. */
function uncertaintyOf(steps: readonly number[]): number {
  const first = steps[0] ?? 1;
  return Math.max(1, (steps.at(-1) ?? first) - first) / first;
}

function rateOfSteps(steps: readonly number[], timebase: Fraction): Fraction {
  const ticks = steps.reduce((sum, step) => sum + step, 0);
  return reduce({ num: steps.length * timebase.den, den: ticks * timebase.num });
}

function roundingTicks(timebase: Fraction): number {
  return Math.max(1, Math.round((ROUNDING_SECONDS * timebase.den) / timebase.num));
}
