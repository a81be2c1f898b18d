import type { CodecFamily } from '../../../temporal/contract/media/families';
import type { FamilyPlan, Plan } from '../../../temporal/contract/media/plan';

const REVISION = /_r\d+$/;

/**
 * The plan with a family on the CPU that was on a GPU. Its renditions get the names of `revision`, so that no segment of one encoder ever
 * stands beside one of the other; everything else stays as it is.
 */
export function planOnCpu(plan: Plan, family: CodecFamily, revision: number): Plan {
  return { ...plan, families: plan.families.map((one) => (one.family === family ? onCpu(one, revision) : one)) };
}

function onCpu({ encoder: _encoder, needsGpu: _needsGpu, ...planned }: FamilyPlan, revision: number): FamilyPlan {
  return { ...planned, rungs: planned.rungs.map((rung) => ({ ...rung, name: `${rung.name.replace(REVISION, '')}_r${revision}` })) };
}
