import { DAY_MS } from '../../../temporal/contract/units';

/** Viewers keep a playlist for as long as they watch; a day outlasts any film and any pause that is still a pause. */
export const OLD_GENERATION_GRACE_MS = DAY_MS;

/**
 * Stored generations that nothing published refers to, for at least the grace period: only those older than every
 * referenced one, since a newer one may be in the making. None when nothing is referenced.
 */
export function removableGenerations(state: {
  stored: readonly number[];
  referenced: readonly number[];
  publishedAtMs: number;
  nowMs: number;
}): number[] {
  if (state.referenced.length === 0 || state.nowMs - state.publishedAtMs < OLD_GENERATION_GRACE_MS) return [];
  const oldest = Math.min(...state.referenced);
  return state.stored.filter((generation) => generation < oldest);
}
