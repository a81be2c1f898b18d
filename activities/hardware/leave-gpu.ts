import type { GpuEnd } from '../../temporal/contract/activities';
import type { HardwareEncoder } from '../../temporal/contract/media/hardware';
import { segmentsKeys } from '../../temporal/contract/object-keys';
import { FIRST_WALK } from '../../temporal/contract/pipeline';
import { WORKFLOW_QUEUE } from '../../temporal/contract/queues';
import { hasEncoder } from '../../workflows/planning/plan/choose-encoder';
import { planOnCpu } from '../../workflows/planning/plan/plan-on-cpu';
import type { ActivityBinding } from '../activity-binding';
import type { ActivityDependencies } from '../task/activity-dependencies';
import { staleRun } from '../task/activity-failure';
import { loadPlan, planOnCpuOf, recordPlanOnCpu } from '../task/plan-store';
import { runTask } from '../task/run-task';

/** Of the family that a title is published in first: every generation begins with names of its own. */
const SECOND_REVISION = 2;

/**
 * Plans a family for the CPU after its GPU has failed, under other names, and tells so in a warning. A repetition changes nothing. Throws
 * `Cancelled` when the run was superseded, `PlanInvalid`.
 */
async function leaveGpu(deps: ActivityDependencies, end: GpuEnd): Promise<{ planSha256: string }> {
  const { videoId, generation, family, joins } = end;
  const taskRef = { videoId, generation, taskType: 'split', ...(joins ? { codec: joins } : {}) } as const;
  return runTask(deps, { ref: taskRef, policy: 'split' }, async ({ objects }) => {
    const before = await planOnCpuOf(objects, end, joins);
    const planSha256 = before?.planSha256 ?? (await replan(deps, objects, end));
    await deps.tasks.restartChunks({ videoId, generation }, family);
    const message = `A GPU failed while it encoded ${family}, so all of it is encoded by CPUs. ${end.message}`;
    await deps.videos.addWarning(end, { code: 'GpuFellBack', step: 'transcode', family, message });
    const outputKey = segmentsKeys.planOnCpu(videoId, generation, joins);
    return { result: { planSha256 }, outputKey, bytesIn: 0, bytesOut: 0 };
  });
}

async function replan(deps: ActivityDependencies, objects: ActivityDependencies['objects'], end: GpuEnd): Promise<string> {
  const { videoId, generation, family, joins } = end;
  const plan = await loadPlan(objects, end);
  const revision = joins ? await deps.families.nextRevision({ videoId, generation, family }) : SECOND_REVISION;
  const planSha256 = await recordPlanOnCpu(objects, planOnCpu(plan, family, revision), joins);
  if (joins) return planSha256;
  const video = await deps.videos.find(videoId);
  if (!video) throw staleRun();
  await deps.videos.setPlanned(end, { planSha256, skippedSteps: video.skippedSteps, walk: plan.walk ?? FIRST_WALK });
  return planSha256;
}

/** Whether a live worker has the encoder. */
async function isGpuServed(
  { gpuWorkers }: Pick<ActivityDependencies, 'gpuWorkers'>,
  encoder: HardwareEncoder,
): Promise<{ isServed: boolean }> {
  return { isServed: (await gpuWorkers()).some((verdicts) => hasEncoder(verdicts, encoder)) };
}

export const hardwareBindings: readonly ActivityBinding[] = [
  { queue: 'split', bind: (deps) => ({ leaveGpu: (end) => leaveGpu(deps, end) }) },
  { queue: WORKFLOW_QUEUE, bind: (deps) => ({ isGpuServed: (encoder) => isGpuServed(deps, encoder) }) },
];
