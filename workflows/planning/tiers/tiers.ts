import type { CodecFamily } from '../../../temporal/contract/media/families';
import type { Priority } from '../../../temporal/contract/steps';

/** A codec family that is worth its encoding once a video is watched often enough. */
export interface Tier {
  family: CodecFamily;
  /** The family is added above this many views within an hour. */
  aboveViewsPerHour: number;
}

/** Views of one minute; `minute` counts from the epoch. */
export interface ViewedMinute {
  minute: number;
  views: number;
}

/** The better a family compresses, the more it costs to encode, and the more viewers it takes to save that. */
export const DEFAULT_TIERS: readonly Tier[] = [
  { family: 'hevc', aboveViewsPerHour: 100 },
  { family: 'av1', aboveViewsPerHour: 10_000 },
];

/** No user waits for a family that was not asked for. */
export const TIER_PRIORITY: Priority = 'low';

const MINUTES_PER_HOUR = 60;

/** The first minute of the hour that ends with this one. */
function hourBegin(minute: number): number {
  return minute - MINUTES_PER_HOUR + 1;
}

/**
 * The most views within any 60 minutes in a row, wherever these begin, so that it does not matter when it is asked for.
 * `minutes` is in ascending order and may have gaps.
 */
export function busiestHour(minutes: readonly ViewedMinute[]): number {
  let busiest = 0;
  let views = 0;
  let first = 0;
  for (const last of minutes) {
    views += last.views;
    for (; minutes[first]!.minute < hourBegin(last.minute); first++) views -= minutes[first]!.views;
    busiest = Math.max(busiest, views);
  }
  return busiest;
}

/** The families that a video has earned with the views of an hour, without those in `known`: there, asked for, or declined. In the order of `tiers`. */
export function familiesToAdd(viewsInAnHour: number, known: readonly CodecFamily[], tiers: readonly Tier[]): CodecFamily[] {
  return tiers.filter((tier) => viewsInAnHour > tier.aboveViewsPerHour && !known.includes(tier.family)).map(({ family }) => family);
}

/** A video with no more views than this in an hour earns nothing. Infinite without tiers. */
export function lowestThreshold(tiers: readonly Tier[]): number {
  return Math.min(...tiers.map(({ aboveViewsPerHour }) => aboveViewsPerHour));
}
