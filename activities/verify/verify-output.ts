import type { PlanRef } from '../../temporal/contract/activities';
import type { Plan } from '../../temporal/contract/media/plan';
import type { Step } from '../../temporal/contract/steps';
import type { Presentation } from '../../workflows/planning/manifests/presentation';
import type { ActivityDependencies } from '../task/activity-dependencies';
import type { TaskContext } from '../task/run-task';
import { checkConformance } from './check-conformance';
import { checkQuality } from './check-quality';
import { measureQuality } from './measure-quality';

export interface MadeOutput {
  /** With `joins`, the presentation is that of a family that joins. */
  ref: PlanRef;
  /** The step that verifies: warnings about the quality stand under its name. */
  step: Step;
  plan: Plan;
  presentation: Presentation;
}

/**
 * Reads the packaged generation back, compares it with the plan and the reports, and measures its quality against the source.
 * Throws `OutputInvalid` when stored objects differ from the reports, `QualityRejected` for a strict upload.
 */
export async function verifyOutput(
  deps: Pick<ActivityDependencies, 'sources' | 'tools' | 'videos' | 'logger'>,
  task: TaskContext,
  { ref, step, plan, presentation }: MadeOutput,
): Promise<void> {
  const published = await checkConformance(task.objects, { plan, presentation, joins: ref.joins });
  const report = await measureQuality(deps, task, { plan, presentation, published });
  await checkQuality({ objects: task.objects, videos: deps.videos }, { ref, step }, report);
}
