import type { FamilyPlanRef, FamilyRef } from '../../temporal/contract/activities';
import type { FamilyPlanned, NotYet, TaskResult } from '../../temporal/contract/results';
import type { Video } from '../../infra/database/video';
import type { Plan } from '../../temporal/contract/media/plan';
import { Failure } from '../../temporal/contract/failures';
import { familyKey, MANIFEST_NAMES, pictureSource, qualityKey, segmentsKeys } from '../../temporal/contract/object-keys';
import { familyOf } from '../../workflows/planning/families/family';
import type { Presentation } from '../../workflows/planning/manifests/presentation';
import { sharedEncoders } from '../../workflows/planning/plan/choose-encoder';
import { planFamily } from '../../workflows/planning/plan/plan-family';
import { loadVideo } from '../renditions/load-presentation';
import { writeManifests } from '../renditions/write-manifests';
import type { ActivityDependencies } from '../task/activity-dependencies';
import { staleRun } from '../task/activity-failure';
import { encodingOf, loadPlan, recordedPlan, recordPlan } from '../task/plan-store';
import { runTask, type TaskContext } from '../task/run-task';
import { verifyOutput } from '../verify/verify-output';
import { composedManifests, protectionOf } from './compose-manifests';
import { replaceManifests } from './replace-manifests';
import { loadTitle, storeFamily } from './title-store';

/**
 * Plans a family from what was recorded with the title, unless that is being encrypted. Throws `PlanInvalid` where the record is gone,
 * `EncryptionFailed` where the title could not be encrypted, `Cancelled` for a family that is not wanted any more.
 */
export async function planJoining(deps: ActivityDependencies, ref: FamilyRef): Promise<FamilyPlanned | NotYet> {
  const { videoId, generation, family } = ref;
  const taskRef = { videoId, generation, taskType: 'split', codec: family } as const;
  return runTask<FamilyPlanned | NotYet>(deps, { ref: taskRef, policy: 'split' }, async ({ objects }) => {
    const outputKey = segmentsKeys.plan(videoId, generation, family);
    if (!(await deps.families.move(ref, { from: ['pending'], state: 'running' }))) throw staleRun();
    const [title, video, gpuWorkers] = await Promise.all([loadTitle(objects, ref), deps.videos.find(videoId), deps.gpuWorkers()]);
    if (!video) throw staleRun();
    if (await isBeingProtected(deps, ref, video)) {
      // The protection waits for families that are being made, so this one is not.
      if (!(await deps.families.move(ref, { from: ['running'], state: 'pending' }))) throw staleRun();
      return { result: { notYet: true }, outputKey, bytesIn: 0, bytesOut: 0 };
    }
    await refuseWithoutPicture(deps, title.plan);
    const revision = await revisionOf(deps, ref);
    const draft = planFamily(title.plan, familyOf(family), { revision, encoding: video.encoding, gpuEncoders: sharedEncoders(gpuWorkers) });
    const { plan, planSha256 } = await recordPlan(objects, draft, family);
    const { families, transcodeSlots = 1 } = encodingOf(plan);
    const { chunkCount = 0, encoder, needsGpu } = families[0] ?? {};
    await deps.tasks.planChunks(ref, family, chunkCount, { inputKey: plan.originalKey });
    return {
      result: {
        ...{ planSha256, chunkCount, transcodeSlots },
        ...(encoder ? { encoder } : {}),
        ...(needsGpu ? { needsGpu } : {}),
        ...(plan.protection ? { isProtected: true as const } : {}),
      },
      outputKey,
      bytesIn: 0,
      bytesOut: 0,
    };
  });
}

/** Writes the playlists of a family, and masters over it alone for its verification. Throws the failures of `loadVideo`. */
export async function packageJoining(deps: ActivityDependencies, ref: FamilyPlanRef): Promise<TaskResult> {
  const { videoId, generation, joins } = ref;
  return runTask(deps, { ref: { ...ref, taskType: 'package', codec: joins }, policy: 'package' }, async ({ objects }) => {
    const plan = await loadPlan(objects, ref);
    const presentation = await presentationOf(objects, ref);
    const bytesOut = await writeManifests(objects, { plan, presentation, joins });
    await storeFamily(objects, { videoId, generation, family: joins }, { video: presentation.video, protection: plan.protection });
    return { result: { bytesOut }, outputKey: familyKey(videoId, generation, joins), bytesIn: 0, bytesOut };
  });
}

/** Proves a family as a title is proved, before it may join. Throws the failures of `verifyOutput`. */
export async function verifyJoining(deps: ActivityDependencies, ref: FamilyPlanRef): Promise<TaskResult> {
  const { videoId, generation, joins } = ref;
  return runTask(deps, { ref: { ...ref, taskType: 'verify', codec: joins }, policy: 'verify' }, async (task) => {
    const plan = await loadPlan(task.objects, ref);
    await verifyOutput(deps, task, { ref, step: 'verify', plan, presentation: await presentationOf(task.objects, ref) });
    return { result: { bytesOut: 0 }, outputKey: qualityKey(videoId, generation, joins), bytesIn: 0, bytesOut: 0 };
  });
}

/** Takes a family into the published manifests. Throws `Cancelled` when the family or its generation is not wanted any more. */
export async function publishJoining(deps: ActivityDependencies, ref: FamilyPlanRef): Promise<TaskResult> {
  const { videoId, generation, joins } = ref;
  const family = { videoId, generation, family: joins };
  return runTask(deps, { ref: { ...ref, taskType: 'publish', codec: joins }, policy: 'publish' }, async (task) => {
    await refuseClear(deps, ref, await loadPlan(task.objects, ref));
    // The manifests are made of the rows, so the row comes first.
    if (!(await deps.families.move(family, { from: ['running', 'ready'], state: 'joining' }))) throw staleRun();
    const bytesOut = await replaceManifests(deps, ref, () => composedManifests(deps, ref));
    if (!(await deps.families.move(family, { from: ['joining'], state: 'ready' }))) throw staleRun();
    await deps.videos.dropFamilyWarnings(ref, joins);
    return { result: { bytesOut }, outputKey: `${videoId}/${MANIFEST_NAMES.hls}`, bytesIn: 0, bytesOut };
  });
}

/** A family that was planned clear, before its title was protected, is not wanted any more. */
async function refuseClear(deps: ActivityDependencies, ref: FamilyPlanRef, plan: Plan): Promise<void> {
  if (plan.protection || !(await protectionOf(deps, ref))) return;
  await deps.objects.remover('transcoded').removeFamily({ ...ref, family: ref.joins }, () => undefined);
  throw staleRun();
}

/** A family is planned as its title is published, so it waits while that changes. */
async function isBeingProtected(deps: ActivityDependencies, ref: FamilyRef, { encoding, warnings }: Video): Promise<boolean> {
  if (!encoding.drm || (await protectionOf(deps, ref))) return false;
  if (!warnings.some(({ step }) => step === 'drm')) return true;
  throw new Failure('EncryptionFailed', 'The title could not be encrypted, so nothing joins it; ask for its protection again first.');
}

/** The family with the sound of the title: a whole title of its own. */
async function presentationOf(objects: TaskContext['objects'], ref: FamilyPlanRef): Promise<Presentation> {
  const [plan, title] = await Promise.all([loadPlan(objects, ref), loadTitle(objects, ref)]);
  // The clear sound of a title that is published encrypted is temporary.
  const audio = plan.protection ? [] : title.presentation.audio;
  return { ...title.presentation, audio, video: await loadVideo(objects, plan) };
}

/**
 * Caches keep what was public for a year. Another attempt makes the same bytes of the same plan and the chunks that are there; where these
 * are gone, other tools may make others, so they get other names.
 */
async function revisionOf({ families, objects }: ActivityDependencies, ref: FamilyRef): Promise<number> {
  const row = (await families.list(ref.videoId)).find(({ family }) => family === ref.family);
  const wasPublic = row !== undefined && row.publishedAt !== null;
  return wasPublic && !(await recordedPlan(objects, ref, ref.family)) ? families.nextRevision(ref) : (row?.revision ?? 1);
}

/** An indexed copy of the source is temporary, and only the probe makes one. */
async function refuseWithoutPicture({ objects }: ActivityDependencies, plan: Parameters<typeof pictureSource>[0]): Promise<void> {
  const { bucket, key } = pictureSource(plan);
  if ((await objects.head(bucket, key)) !== null) return;
  throw new Failure(
    'PlanInvalid',
    'The copy of the source that this video was made from is gone; retry the video from the probe step first.',
  );
}
