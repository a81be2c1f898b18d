import type { PictureOrder, PictureRecord, ThumbnailRequest } from '../../temporal/contract/media/pictures';
import type { TaskResult } from '../../temporal/contract/results';
import { remadeFolder, thumbnailKeys } from '../../temporal/contract/picture-keys';
import { noHigherThan, planThumbnails } from '../../workflows/planning/encode/ffmpeg-thumbnails';
import { thumbnailScratchBytes } from '../../workflows/planning/encode/scratch-need';
import { loadTitle, type Title } from '../families/title-store';
import { changePictures } from '../renditions/picture-record';
import { staleRun } from '../task/activity-failure';
import type { ActivityDependencies } from '../task/activity-dependencies';
import { runTask, type TaskContext } from '../task/run-task';
import { chosenSource, makePoster } from './posters';
import { makeSheets } from './sheets';
import { clearHeight, showPictures } from './show-pictures';
import { renditionFor, watchScratchBytes, watchTitle } from './watch-title';

interface Remade {
  change: Partial<PictureRecord>;
  bytesIn: number;
  bytesOut: number;
}

/** Rows of pictures that are made again stand apart from that of the step. */
const REMADE = 'remade';

/**
 * Makes the poster that a user has chosen, or thumbnails at another interval, of a published title, from its renditions. Changes nothing for a
 * choice that another one has replaced, whatever fails then. Throws `Cancelled` for a generation that another one has replaced, `OutputInvalid`
 * when a segment is gone, `ScratchFull`.
 */
export async function remakePictures(deps: ActivityDependencies, order: PictureOrder): Promise<TaskResult> {
  const { videoId, generation, posterId, thumbnails } = order;
  const run = { videoId, generation };
  return runTask(deps, { ref: { ...run, taskType: 'thumbnail', codec: REMADE }, policy: 'thumbnails' }, async (task) => {
    const outputKey = thumbnailKeys.record(videoId, generation);
    const title = await loadTitle(task.objects, run);
    const made = thumbnails
      ? await newSheets(deps, task, { title, thumbnails })
      : await unlessReplaced(deps, task, order, () => newPoster(deps, task, { title, posterId }));
    if (!made) return { result: { bytesOut: 0 }, outputKey, bytesIn: 0, bytesOut: 0 };
    const record = await changePictures(task.objects, run, (before) => ({ ...before, ...made.change }));
    await showPictures(deps, run, record);
    return { result: { bytesOut: made.bytesOut }, outputKey, ...made };
  });
}

/** Null when the choice of the order is replaced by another one before or while `make` works on it: its own order makes that. */
async function unlessReplaced(
  { videos, pictures }: ActivityDependencies,
  { signal }: TaskContext,
  { videoId, generation, posterId }: PictureOrder,
  make: () => Promise<Remade>,
): Promise<Remade | null> {
  const isReplaced = async () => {
    const video = await videos.find(videoId);
    return video?.generation === generation && video.posterChoice?.posterId !== posterId;
  };
  if (await isReplaced()) return null;
  await pictures.dropPosterWarnings({ videoId, generation });
  try {
    const made = await make();
    return (await isReplaced()) ? null : made;
  } catch (error) {
    if (signal.aborted || !(await isReplaced())) throw error;
    return null;
  }
}

async function newSheets(
  deps: ActivityDependencies,
  task: TaskContext,
  { title: { plan, presentation }, thumbnails: asked }: { title: Title; thumbnails: ThumbnailRequest },
): Promise<Remade> {
  const mostHeight = clearHeight(deps, plan, await deps.videos.find(plan.videoId));
  const of = renditionFor(plan, presentation.video);
  const thumbnails = noHigherThan(planThumbnails(plan.grid, plan.source.video, { asked }), mostHeight);
  const { captureFrames, width, height } = thumbnails;
  await task.needs(thumbnailScratchBytes(thumbnails) + watchScratchBytes(plan, of));
  const { bytesIn } = await watchTitle(deps.tools.ffmpeg, task, { plan, of, taken: { frames: captureFrames, width, height } });
  const { images, bytesOut } = await makeSheets(deps.tools.ffmpeg, task, { plan, thumbnails, folder: remadeFolder(asked) });
  return { change: { images }, bytesIn, bytesOut };
}

async function newPoster(
  deps: ActivityDependencies,
  task: TaskContext,
  { title: { plan, presentation }, posterId }: { title: Title; posterId: string | undefined },
): Promise<Remade> {
  const video = await deps.videos.find(plan.videoId);
  const choice = video?.posterChoice;
  if (!choice || choice.posterId !== posterId || video.generation !== plan.generation) throw staleRun();
  const { ffmpeg } = deps.tools;
  const source = await chosenSource(ffmpeg, task, { plan, video: presentation.video, choice });
  const { poster, bytesOut } = await makePoster(ffmpeg, task, { run: plan, source, mostHeight: clearHeight(deps, plan, video) });
  return { change: { poster }, bytesIn: 0, bytesOut };
}
