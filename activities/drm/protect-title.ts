import { ApplicationFailure } from '@temporalio/common';
import { UNDER_WAY } from '../../infra/database/families-repository';
import type { RunRef } from '../../temporal/contract/activities';
import type { NotYet } from '../../temporal/contract/results';
import { Failure } from '../../temporal/contract/failures';
import { FORMAT_VERSION } from '../../temporal/contract/format-version';
import { firstFamilyOf, type CodecFamily } from '../../temporal/contract/media/families';
import { isClearMedia } from '../../temporal/contract/media/objects';
import { namesClearMedia } from '../../temporal/contract/media/referenced-generations';
import type { PictureRecord } from '../../temporal/contract/media/pictures';
import type { Plan } from '../../temporal/contract/media/plan';
import { PICTURES_FOLDER } from '../../temporal/contract/picture-keys';
import { POLICIES } from '../../temporal/contract/policies';
import { gridDurationMs, imageTrackOf } from '../../workflows/planning/encode/ffmpeg-thumbnails';
import { isDroppedPicture, keptPictures } from '../../workflows/planning/protection/clear-pictures';
import { changePictures, loadPictures } from '../renditions/picture-record';
import { composedManifests } from '../families/compose-manifests';
import { loadTitle } from '../families/title-store';
import { replacePublished } from '../families/replace-manifests';
import { publishedManifests } from '../generations/is-published';
import type { ActivityDependencies } from '../task/activity-dependencies';
import { staleRun, toApplicationFailure, toFailure } from '../task/activity-failure';

/** Plans of a generation, or of families that joined it: without one, a retry plans anew, and encrypted. */
const PLAN = /^g\d+\/(?:families\/[a-z\d-]+\/)?plan(?:-on-cpu)?\.json$/;

/**
 * Names the families that are encrypted with a published clear title. Families that are being made are waited for: they would be published
 * clear. Throws `Cancelled` for a video that was not asked to be protected, or is not published in this generation.
 */
export async function beginProtection(deps: ActivityDependencies, run: RunRef): Promise<{ families: CodecFamily[] } | NotYet> {
  return judged<{ families: CodecFamily[] } | NotYet>(async () => {
    const [video, families] = await Promise.all([deps.videos.find(run.videoId), deps.families.list(run.videoId)]);
    if (video?.status !== 'ready' || video.generation !== run.generation || !video.encoding.drm) throw staleRun();
    const ofRun = families.filter(({ generation }) => generation === run.generation);
    // One that is pending waits for the title in turn, and is planned encrypted.
    if (ofRun.some(({ state }) => state !== 'pending' && UNDER_WAY.includes(state))) return { notYet: true };
    const steps = await deps.tasks.summarise(run, firstFamilyOf(video.codecs));
    // None begins from now on, since the row asks for protection; one that runs would store clear segments behind the deletion.
    if (steps.some(({ taskType, running, retrying }) => taskType === 'ts' && running + retrying > 0)) return { notYet: true };
    return { families: ofRun.filter(({ state }) => state === 'ready').map(({ family }) => family) };
  });
}

/**
 * The row comes before the manifests, which are made of it; plans that are made from then on are encrypted. Clear plans go before the row:
 * until then no family is planned, so none of those that go is in use.
 */
export async function switchToProtected(deps: ActivityDependencies, run: RunRef, onProgress: () => void): Promise<void> {
  await judged(async () => {
    const video = await deps.videos.find(run.videoId);
    if (!video?.encoding.drm || video.status === 'removed') throw staleRun();
    if (!video.protection) await removeWhere(deps, run, { isGone: (name) => PLAN.test(name), onProgress });
    await deps.protections.begin(run, video.encoding.drm, { isSwitching: true });
    await deps.objects.remover('transcoded').removeTsManifest(run.videoId);
    await deps.protections.dropTs(run.videoId);
    await replacePublished(deps, run, () => composedManifests(deps, run));
  });
}

/** Deletes clear media of this generation and of those before, once no manifest names any, and pictures that are too large. The original stays. */
export async function removeClear(deps: ActivityDependencies, run: RunRef, onProgress: () => void): Promise<void> {
  await judged(async () => {
    const manifests = await publishedManifests(deps.objects, run.videoId);
    if (manifests.some(namesClearMedia))
      throw new Failure('OutputInvalid', 'A published manifest still names clear streams; they were not deleted.');
    const pictures = await dropLargePictures(deps, run);
    await removeWhere(deps, run, { isGone: (name) => isClearMedia(name) || isDroppedPicture(name, pictures), onProgress });
    await deps.protections.settle(run.videoId);
  });
}

/** Deletes objects of this generation and of those before. */
async function removeWhere(
  { objects }: Pick<ActivityDependencies, 'objects'>,
  { videoId, generation: last }: RunRef,
  { isGone, onProgress }: { isGone: (name: string) => boolean; onProgress: () => void },
): Promise<void> {
  for (const bucket of ['transcoded', 'segments'] as const) {
    const remover = objects.remover(bucket);
    for (const generation of await remover.stored(videoId)) {
      if (generation <= last) await remover.removeWhere({ videoId, generation }, isGone, onProgress);
    }
  }
}

/** The rows come before the objects that they name. Resolves to what the title keeps. */
async function dropLargePictures(deps: ActivityDependencies, run: RunRef): Promise<PictureRecord> {
  const mostHeight = deps.clearPictureMaxHeight;
  if (!(await loadPictures(deps.objects, run))) {
    const kept = keptPictures(firstPictures((await loadTitle(deps.objects, run)).plan), mostHeight);
    if (!kept.poster) await deps.protections.dropPoster(run.videoId);
    return kept;
  }
  const kept = await changePictures(deps.objects, run, (record) => keptPictures(record, mostHeight));
  await deps.pictures.show(run, kept);
  return kept;
}

/** Those of a title that an earlier release made: it recorded none. */
function firstPictures({ generation, grid, thumbnails }: Plan): PictureRecord {
  const { posterWidth: width, posterHeight: height } = thumbnails;
  // They are in no manifest, so the bytes of the sheets do not count.
  const images = imageTrackOf(thumbnails, { folder: PICTURES_FOLDER, durationMs: gridDurationMs(grid), largestSheetBytes: 0 });
  return { formatVersion: FORMAT_VERSION, generation, images, poster: { folder: PICTURES_FOLDER, sizes: [{ width, height }] } };
}

/** These calls have no row of their own. */
async function judged<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ApplicationFailure) throw error;
    throw toApplicationFailure(toFailure(error, 'EncodeFailed'), POLICIES.publish, 0);
  }
}
