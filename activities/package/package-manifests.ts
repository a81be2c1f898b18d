import type { PackageRef } from '../../temporal/contract/activities';
import type { TaskResult } from '../../temporal/contract/results';
import { MANIFEST_NAMES, segmentsKeys } from '../../temporal/contract/object-keys';
import { storeTitle } from '../families/title-store';
import { loadPresentation } from '../renditions/load-presentation';
import { writeManifests } from '../renditions/write-manifests';
import type { ActivityDependencies } from '../task/activity-dependencies';
import { loadPlan } from '../task/plan-store';
import { runTask } from '../task/run-task';
import { verifyOutput } from '../verify/verify-output';

/**
 * Writes every playlist from the reports of the tasks, text only, and stages the masters for publishing. In a walk without a
 * step for it, the output is verified here. Throws `OutputInvalid` when the reports do not make one gapless title, `PlanInvalid`
 * when a report is missing, and the failures of `verifyOutput`.
 */
export async function packageManifests(deps: ActivityDependencies, ref: PackageRef): Promise<TaskResult> {
  const outputKey = segmentsKeys.stagedManifest(ref, MANIFEST_NAMES.hls);
  return runTask(deps, { ref: { ...ref, taskType: 'package' }, policy: 'package' }, async (task) => {
    const { objects } = task;
    await deps.videos.advance(ref, 'packaging');
    const plan = await loadPlan(objects, ref);
    const presentation = await loadPresentation(objects, plan);
    const bytesOut = await writeManifests(objects, { plan, presentation });
    await storeTitle(objects, { plan, presentation });
    if (!ref.verifiedLater) await verifyOutput(deps, task, { ref, step: 'package', plan, presentation });
    return { result: { bytesOut }, outputKey, bytesIn: 0, bytesOut };
  });
}
