import type { PlanRef } from '../../temporal/contract/activities';

/** The plan that a family is made from, of an input that says more. */
export function planOf({ videoId, generation, planSha256, joins }: PlanRef): PlanRef {
  return { videoId, generation, planSha256, ...(joins ? { joins } : {}) };
}
