import type { PlanRef } from '../../temporal/contract/activities';
import type { TranscodeFamilyInput } from '../../temporal/contract/workflows';

/** The plan that a family is made from. */
export function planOf({ videoId, generation, planSha256, joins }: TranscodeFamilyInput): PlanRef {
  return { videoId, generation, planSha256, ...(joins ? { joins } : {}) };
}
