import type { PlanRef } from '../../temporal/contract/activities';
import type { TaskResult } from '../../temporal/contract/results';
import { qualityKey } from '../../temporal/contract/object-keys';
import { loadPresentation } from '../renditions/load-presentation';
import type { ActivityBinding } from '../activity-binding';
import type { ActivityDependencies } from '../task/activity-dependencies';
import { loadPlan } from '../task/plan-store';
import { runTask } from '../task/run-task';
import { verifyOutput } from './verify-output';

/** Proves the packaged generation before it may be published. Throws the failures of `verifyOutput` and `loadPresentation`. */
export async function verify(deps: ActivityDependencies, ref: PlanRef): Promise<TaskResult> {
  const outputKey = qualityKey(ref.videoId, ref.generation);
  return runTask(deps, { ref: { ...ref, taskType: 'verify' }, policy: 'verify' }, async (task) => {
    const plan = await loadPlan(task.objects, ref);
    const presentation = await loadPresentation(task.objects, plan);
    await verifyOutput(deps, task, { ref, step: 'verify', plan, presentation });
    return { result: { bytesOut: 0 }, outputKey, bytesIn: 0, bytesOut: 0 };
  });
}

export const verifyBinding: ActivityBinding = { queue: 'verify', bind: (deps) => ({ verify: (ref) => verify(deps, ref) }) };
