import { WORKFLOW_QUEUE } from '../../temporal/contract/queues';
import type { ActivityBinding } from '../activity-binding';
import { beat } from '../task/beat';
import { joiningFamilies, recordFamilyEnd, removeFamily, withdrawFamily } from './family-books';
import { packageJoining, planJoining, publishJoining, verifyJoining } from './make-family';

/** The steps of a family that joins, each on the queue of the same step of a title. */
export const familiesBindings: readonly ActivityBinding[] = [
  { queue: 'split', bind: (deps) => ({ planFamily: (ref) => planJoining(deps, ref) }) },
  {
    queue: 'package',
    bind: (deps) => ({
      packageFamily: (ref) => packageJoining(deps, ref),
      publishFamily: (ref) => publishJoining(deps, ref),
      withdrawFamily: (ref) => withdrawFamily(deps, ref),
    }),
  },
  { queue: 'verify', bind: (deps) => ({ verifyFamily: (ref) => verifyJoining(deps, ref) }) },
  {
    queue: WORKFLOW_QUEUE,
    bind: (deps) => ({
      joiningFamilies: (run) => joiningFamilies(deps, run),
      removeFamily: (ref) => removeFamily(deps, ref, beat),
      recordFamilyEnd: (end) => recordFamilyEnd(deps, end, beat),
    }),
  },
];
