import type { HousekeepingCounts, HousekeepingRest, HousekeepingPageResult } from '../../../temporal/contract/housekeeping';

/** Enough for an impression; the log has all of them. */
const MAX_EXAMPLES = 10;

/** Adds what one part found to what the parts before it found. */
export function addPage(before: HousekeepingRest, page: HousekeepingPageResult): HousekeepingRest {
  return {
    startedAtMs: before.startedAtMs,
    cursor: page.cursor,
    counts: addCounts(before.counts, page.counts),
    examples: [...before.examples, ...page.examples].slice(0, MAX_EXAMPLES),
  };
}

function addCounts(a: HousekeepingCounts, b: HousekeepingCounts): HousekeepingCounts {
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return Object.fromEntries(names.map((name) => [name, (a[name] ?? 0) + (b[name] ?? 0)]));
}
