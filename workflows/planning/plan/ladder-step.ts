import type { LadderStep } from '../families/family';

/** Where the rates of all tables end: a picture without pixels. */
const LOWEST_STEP = { shortSide: 0, maxrateBps: 64_000 } as const;

/**
 * A step of any size up to the largest one: the rate lies between its neighbours', by the area of a picture of that height; the rest is that of the next
 * larger step. `shortSide` is in pixels and becomes even.
 */
export function stepAt(ladder: readonly LadderStep[], shortSide: number): LadderStep {
  const upper = ladder.findLast((step) => step.shortSide >= shortSide) as LadderStep;
  const lower = ladder.find((step) => step.shortSide < shortSide) ?? LOWEST_STEP;
  const share = (shortSide ** 2 - lower.shortSide ** 2) / (upper.shortSide ** 2 - lower.shortSide ** 2);
  const maxrateBps = Math.round((lower.maxrateBps + share * (upper.maxrateBps - lower.maxrateBps)) / 1000) * 1000;
  return { ...upper, shortSide: Math.max(2, even(shortSide, Math.floor)), maxrateBps };
}

/** Nearest integer, halves down: 854x480 gives 426x240, the size that players know. */
export function halfDown(value: number): number {
  return Math.ceil(value - 0.5);
}

/** An even number of pixels. */
export function even(pixels: number, round: (value: number) => number): number {
  return 2 * round(pixels / 2);
}
