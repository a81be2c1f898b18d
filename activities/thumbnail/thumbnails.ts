import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ObjectStore } from '../../infra/object-store/object-store';
import type { PlanRef } from '../../temporal/contract/activities';
import type { TaskResult } from '../../temporal/contract/results';
import { Failure } from '../../temporal/contract/failures';
import type { Plan } from '../../temporal/contract/media/plan';
import { CHOSEN_POSTER } from '../../temporal/contract/media/warnings';
import { captureName, segmentsKeys } from '../../temporal/contract/object-keys';
import { PICTURES_FOLDER, thumbnailKeys } from '../../temporal/contract/picture-keys';
import { noHigherThan } from '../../workflows/planning/encode/ffmpeg-thumbnails';
import type { VideoPresentation } from '../../workflows/planning/manifests/presentation';
import type { Moment } from '../../workflows/planning/pictures/watch';
import { thumbnailScratchBytes } from '../../workflows/planning/encode/scratch-need';
import type { ActivityDependencies } from '../task/activity-dependencies';
import { loadPlan } from '../task/plan-store';
import { runTask, type TaskContext } from '../task/run-task';
import { loadVideo } from '../renditions/load-presentation';
import { changePictures } from '../renditions/picture-record';
import { makePreview } from './make-preview';
import { optionalParts, type OptionalPart } from './optional-part';
import { bestCapture, captureSource, chosenSource, makePoster, type PosterSource } from './posters';
import { forAll, makeSheets } from './sheets';
import { clearHeight, showPictures } from './show-pictures';
import { renditionFor, watchScratchBytes, watchTitle } from './watch-title';

/**
 * Thumbnails and sprite sheets of the captures that the chunks left, a poster and a preview: the source is not read again. Without the
 * poster or the preview there is a warning. Throws `PlanInvalid` when the captures are gone, `ScratchFull`.
 */
export async function thumbnails(deps: ActivityDependencies, ref: PlanRef): Promise<TaskResult> {
  const outputKey = thumbnailKeys.spriteIndex(ref.videoId, ref.generation);
  return runTask(deps, { ref: { ...ref, taskType: 'thumbnail' }, policy: 'thumbnails' }, async (task) => {
    const { ffmpeg } = deps.tools;
    const plan = await loadPlan(task.objects, ref);
    const video = await loadVideo(task.objects, plan);
    const mostHeight = clearHeight(deps, plan, await deps.videos.find(ref.videoId));
    const of = renditionFor(plan, video);
    await task.needs(thumbnailScratchBytes(plan.thumbnails) + watchScratchBytes(plan, of));
    const bytesIn = await fetchCaptures(task.objects, plan, task.scratch);
    const sheets = { plan, thumbnails: noHigherThan(plan.thumbnails, mostHeight), folder: PICTURES_FOLDER };
    const { images, bytesOut } = await makeSheets(ffmpeg, task, sheets);
    const optional = optionalParts(deps, task, ref);
    const watched = await optional('preview', () => watchTitle(ffmpeg, task, { plan, of }));
    const moments = watched?.moments ?? [];
    const poster = await posterOf(deps, task, { plan, video, moments, mostHeight, optional });
    // A preview is clear media: a protected title has none.
    const hasPreview = watched !== null && mostHeight === Infinity;
    const preview = hasPreview ? await optional('preview', () => makePreview(ffmpeg, task, { plan, of, moments })) : null;
    const record = await changePictures(task.objects, ref, (before) => ({
      ...before,
      // Thumbnails that were asked for at another interval since stay.
      images: before.images && before.images.folder !== PICTURES_FOLDER ? before.images : images,
      ...(poster ? { poster: poster.poster } : {}),
      ...(preview ? { preview: preview.preview } : {}),
    }));
    await showPictures(deps, ref, record);
    const allBytesOut = bytesOut + (poster?.bytesOut ?? 0) + (preview?.bytesOut ?? 0);
    return { result: { bytesOut: allBytesOut }, outputKey, bytesIn: bytesIn + (watched?.bytesIn ?? 0), bytesOut: allBytesOut };
  });
}

async function fetchCaptures(objects: ObjectStore, plan: Plan, scratch: string): Promise<number> {
  const sizes = await forAll(plan.thumbnails.captureFrames.length, async (number) => {
    const capture = await objects.get('segments', segmentsKeys.capture(plan.videoId, plan.generation, number));
    if (!capture) throw new Failure('PlanInvalid', 'The captures of this video are gone; retry from the transcode step.');
    await writeFile(join(scratch, captureName(number)), capture);
    return capture.byteLength;
  });
  return sizes.reduce((sum, bytes) => sum + bytes, 0);
}

/** What a poster is made of. */
interface PosterWork {
  plan: Plan;
  video: readonly VideoPresentation[];
  moments: readonly Moment[];
  mostHeight: number;
  optional: OptionalPart;
}

/** The poster that the user has chosen, or else the best capture. */
async function posterOf(deps: ActivityDependencies, task: TaskContext, { plan, video, moments, mostHeight, optional }: PosterWork) {
  const { ffmpeg } = deps.tools;
  const make = (source: PosterSource) => makePoster(ffmpeg, task, { run: plan, source, mostHeight });
  const choice = (await deps.videos.find(plan.videoId))?.posterChoice;
  const chosen = choice && (await optional(CHOSEN_POSTER, async () => make(await chosenSource(ffmpeg, task, { plan, video, choice }))));
  if (chosen) return chosen;
  return optional('poster', async () => {
    const best = await bestCapture(task.scratch, plan, moments);
    return make(captureSource(plan, best, task.scratch));
  });
}
