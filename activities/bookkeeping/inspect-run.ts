import type { ObjectStore } from '../../infra/object-store/object-store';
import type { RunRef, RunRemains } from '../../temporal/contract/activities';
import { firstFamilyOf } from '../../temporal/contract/media/families';
import { MANIFEST_NAMES, moderationKeys, segmentsKeys, TS_MANIFEST_NAME } from '../../temporal/contract/object-keys';
import type { Plan } from '../../temporal/contract/media/plan';
import { FIRST_WALK } from '../../temporal/contract/pipeline';
import { TASK_TYPE_OF_STEP, type Step } from '../../temporal/contract/steps';
import { haveFamiliesJoin } from '../families/family-books';
import type { ActivityDependencies } from '../task/activity-dependencies';
import { encodingOf, recordedPlan } from '../task/plan-store';
import { reportedChunks } from './find-missing-chunks';

const LOST: RunRemains = { lost: true, split: null, completedSteps: [] };

/** Finds the results of a run: its plan, and the steps whose rows say completed and whose objects are stored. */
export async function inspectRun(
  deps: Pick<ActivityDependencies, 'objects' | 'tasks' | 'videos' | 'families'>,
  run: RunRef,
): Promise<RunRemains> {
  const [recorded, video, families] = await Promise.all([
    recordedPlan(deps.objects, run),
    deps.videos.find(run.videoId),
    deps.families.list(run.videoId),
  ]);
  if (!recorded) return unplanned(deps.objects, run, video?.planSha256 != null);
  const { plan, planSha256 } = recorded;
  if (!(await sourcesRemain(deps.objects, plan))) return LOST;
  const summaries = await deps.tasks.summarise(run, firstFamilyOf(plan.families.map(({ family }) => family)));
  const walk = plan.walk ?? FIRST_WALK;
  const steps = walk.map(({ step }) => step);
  const done = steps.filter((step) => summaries.some((one) => one.taskType === TASK_TYPE_OF_STEP[step] && one.completed === one.total));
  const remains = await Promise.all(done.map((step) => resultRemains(deps.objects, plan, step)));
  return {
    lost: false,
    split: {
      planSha256,
      ...encodingOf(plan),
      skippedSteps: video?.skippedSteps ?? [],
      ...(haveFamiliesJoin(video, families) ? { hasJoiningFamilies: true } : {}),
    },
    walk,
    completedSteps: done.filter((_step, index) => remains[index]),
  };
}

/** `wasPlanned`: there was a plan once. Without one, at most the facts of the source can be there. */
async function unplanned(objects: ObjectStore, { videoId, generation }: RunRef, wasPlanned: boolean): Promise<RunRemains> {
  if (wasPlanned) return LOST;
  const isProbed = await allStored(objects, [segmentsKeys.facts(videoId, generation)]);
  return { lost: false, split: null, completedSteps: isProbed ? ['probe'] : [] };
}

/** Whether the objects that the steps after the probe read instead of the original are stored. */
async function sourcesRemain(objects: ObjectStore, plan: Plan): Promise<boolean> {
  const keys = [
    segmentsKeys.facts(plan.videoId, plan.generation),
    ...(plan.audio.length > 0 ? [segmentsKeys.sourceAudio(plan.videoId, plan.generation)] : []),
    ...(plan.source.mezzanine ? [segmentsKeys.mezzanine(plan.videoId, plan.generation)] : []),
  ];
  return allStored(objects, keys);
}

async function resultRemains(objects: ObjectStore, plan: Plan, step: Step): Promise<boolean> {
  const { videoId, generation } = plan;
  if (step === 'audio') return allStored(objects, [segmentsKeys.audioReport(videoId, generation)]);
  if (step === 'package') {
    return allStored(
      objects,
      Object.values(MANIFEST_NAMES).map((name) => segmentsKeys.stagedManifest(plan, name)),
    );
  }
  if (step === 'moderation') return (await objects.head('transcoded', moderationKeys.report(videoId, generation))) !== null;
  if (step === 'ts') return (await objects.head('transcoded', `${videoId}/${TS_MANIFEST_NAME}`)) !== null;
  if (step !== 'transcode') return true;
  const chunks = plan.chunks.map(({ index }) => index);
  const reported = await Promise.all(plan.families.map(({ family }) => reportedChunks(objects, { videoId, generation, family }, chunks)));
  return reported.every((present) => present.length === chunks.length);
}

async function allStored(objects: ObjectStore, keys: readonly string[]): Promise<boolean> {
  const heads = await Promise.all(keys.map((key) => objects.head('segments', key)));
  return heads.every((head) => head !== null);
}
