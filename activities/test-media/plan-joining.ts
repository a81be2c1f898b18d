import type { FamilyRef } from '../../temporal/contract/activities';
import type { FamilyPlanned } from '../../temporal/contract/results';
import { planJoining } from '../families/make-family';
import type { ActivityStand } from './activity-stand';

/** The plan of a family whose title is not being encrypted. */
export async function plannedJoining(stand: ActivityStand, ref: FamilyRef): Promise<FamilyPlanned> {
  const planned = await stand.run(planJoining, ref);
  if ('notYet' in planned) throw new Error('the family waits for its title');
  return planned;
}
