import type { Fraction } from '../../../temporal/contract/media/plan';

/** Rates that cameras and editors mean when a measured rate comes within {@link SNAP_TOLERANCE} of them. */
const STANDARD_FRAME_RATES: readonly Fraction[] = [
  { num: 10, den: 1 },
  { num: 12, den: 1 },
  { num: 15000, den: 1001 },
  { num: 15, den: 1 },
  { num: 20, den: 1 },
  { num: 24000, den: 1001 },
  { num: 24, den: 1 },
  { num: 25, den: 1 },
  { num: 30000, den: 1001 },
  { num: 30, den: 1 },
  { num: 48000, den: 1001 },
  { num: 48, den: 1 },
  { num: 50, den: 1 },
  { num: 60000, den: 1001 },
  { num: 60, den: 1 },
  { num: 100, den: 1 },
  { num: 120000, den: 1001 },
  { num: 120, den: 1 },
  { num: 240000, den: 1001 },
  { num: 240, den: 1 },
];

/** Half the distance between 30 and 30000/1001, so that the two families never swallow each other. */
const SNAP_TOLERANCE = 0.0005;

/** A grid that is slower than the usual rate by less has the look of the source; the next faster one would hold frames unevenly. */
const IRREGULAR_TOLERANCE = 0.02;

/** Below this a variable source is a screen recording or a slide show, and its usual step says nothing about its motion. */
const SLOWEST_VARIABLE_RATE: Fraction = { num: 24000, den: 1001 };

/** Above this a grid only repeats frames: bursts of a variable source are not meant to be shown faster. */
const FASTEST_VARIABLE_RATE: Fraction = { num: 60, den: 1 };

/** The fraction in lowest terms. Throws RangeError unless both parts are positive safe integers. */
export function reduce(fraction: Fraction): Fraction {
  const { num, den } = fraction;
  if (!Number.isSafeInteger(num) || !Number.isSafeInteger(den) || num <= 0 || den <= 0) {
    throw new RangeError(`not a positive fraction: ${num}/${den}`);
  }
  const divisor = greatestCommonDivisor(num, den);
  return { num: num / divisor, den: den / divisor };
}

/** The standard rate within `tolerance`, by itself 0.05 %, of `measured`, else `measured` in lowest terms: 25/2 and 179/6 are real rates. */
export function snapFrameRate(measured: Fraction, tolerance = SNAP_TOLERANCE): Fraction {
  const nearest = nearestStandard(measured, STANDARD_FRAME_RATES);
  const ratio = toNumber(nearest) / toNumber(measured);
  return Math.abs(ratio - 1) <= tolerance ? nearest : reduce(measured);
}

export function isStandardRate({ num, den }: Fraction): boolean {
  return STANDARD_FRAME_RATES.some((rate) => rate.num === num && rate.den === den);
}

/** Standard rates that differ from `measured` by no more than that share of it. */
export function standardRatesNear(measured: Fraction, share: number): Fraction[] {
  return STANDARD_FRAME_RATES.filter((rate) => Math.abs(toNumber(rate) / toNumber(measured) - 1) <= share);
}

/** The slowest standard rate from 24000/1001 to 60 that has a slot for every frame of a variable source with this usual rate. */
export function variableGridRate(usual: Fraction): Fraction {
  const wanted = toNumber(usual) * (1 - IRREGULAR_TOLERANCE);
  const slowest = toNumber(SLOWEST_VARIABLE_RATE);
  const fastest = toNumber(FASTEST_VARIABLE_RATE);
  const candidates = STANDARD_FRAME_RATES.filter((rate) => toNumber(rate) >= slowest && toNumber(rate) <= fastest);
  return { ...(candidates.find((rate) => toNumber(rate) >= wanted) ?? FASTEST_VARIABLE_RATE) };
}

/** The fraction with the smallest denominator in [low, high] (both positive, low <= high). */
export function simplestBetween(low: Fraction, high: Fraction): Fraction {
  const whole = Math.floor(low.num / low.den);
  if (whole * low.den === low.num) return { num: whole, den: 1 };
  if (whole < Math.floor(high.num / high.den)) return { num: whole + 1, den: 1 };
  const inner = simplestBetween({ num: high.den, den: high.num - whole * high.den }, { num: low.den, den: low.num - whole * low.den });
  return { num: whole * inner.num + inner.den, den: inner.num };
}

/** Time of frame `frames` (or length of that many frames) in whole microseconds. */
export function framesToUs(frames: number, rate: Fraction): number {
  return Math.round((frames * rate.den * 1_000_000) / rate.num);
}

/** Length of `frames` frames in seconds with nine decimals, for tools that take decimal seconds. */
export function framesToSeconds9(frames: number, rate: Fraction): string {
  return ((frames * rate.den) / rate.num).toFixed(9);
}

/** Whole microseconds as seconds with six decimals: the resolution of ffmpeg's time options. */
export function usToSeconds6(us: number): string {
  return (us / 1_000_000).toFixed(6);
}

/** `30000/1001`, as ffmpeg and DASH write it. */
export function fractionText(fraction: Fraction): string {
  return `${fraction.num}/${fraction.den}`;
}

export function toNumber(fraction: Fraction): number {
  return fraction.num / fraction.den;
}

export function leastCommonMultiple(a: number, b: number): number {
  return (a / greatestCommonDivisor(a, b)) * b;
}

function nearestStandard(rate: Fraction, candidates: readonly Fraction[]): Fraction {
  const distance = (candidate: Fraction) => Math.abs(toNumber(candidate) - toNumber(rate));
  const nearest = candidates.reduce((best, candidate) => (distance(candidate) < distance(best) ? candidate : best));
  return { ...nearest };
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
