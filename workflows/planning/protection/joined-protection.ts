import type { Protection } from '../../../temporal/contract/media/protection';

/** The protection of presentations that are shown as one: every key once, those of the first before those of the others. */
export function joinedProtection(first: Protection, others: readonly Protection[]): Protection {
  const keys = [first, ...others].flatMap((one) => one.keys);
  return { ...first, keys: keys.filter(({ label }, index) => keys.findIndex((key) => key.label === label) === index) };
}
