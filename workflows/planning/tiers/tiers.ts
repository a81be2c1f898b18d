import type { Tier } from '../../../temporal/contract/media/encoding';
import type { CodecFamily } from '../../../temporal/contract/media/families';
import type { Priority } from '../../../temporal/contract/steps';

/** Views of one minute; `minute` counts from the epoch. */
export interface ViewedMinute {
  minute: number;
  views: number;
}

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
