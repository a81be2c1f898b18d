import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../temporal/contract/failures';
import type { Plan } from '../../temporal/contract/media/plan';
import { OBJECTS } from '../../temporal/contract/media/objects';
import type { PictureSize, PosterChoice, PosterSet } from '../../temporal/contract/media/pictures';
import { posterUploadKey, captureName, clearPlace } from '../../temporal/contract/object-keys';
import { chosenPosterFolder, PICTURES_FOLDER, thumbnailKeys } from '../../temporal/contract/picture-keys';
import { POSTER_SHORT_SIDE, SCORE_BYTES, SCORE_SIZE, SCORES_NAME } from '../../workflows/planning/encode/ffmpeg-thumbnails';
import { bestScore, scoreLuma } from '../../workflows/planning/encode/poster-score';
import type { VideoPresentation } from '../../workflows/planning/manifests/presentation';
import { frameArgs, posterArgs, posterFiles, posterSizes } from '../../workflows/planning/pictures/poster';
import { isInTransition, type Moment } from '../../workflows/planning/pictures/watch';
import { joinSegments } from '../renditions/join-segments';
import type { TaskContext } from '../task/run-task';
import { renditionFor } from './watch-title';

/** A picture in the scratch folder. */
export interface PosterSource extends PictureSize {
  path: string;
  /** That the poster is for, below the folder of the generation. */
  folder: string;
}

interface TitleOfPoster {
  plan: Plan;
  video: readonly VideoPresentation[];
}

/** Number of the capture that is neither black nor blurred nor flat nor in a transition, as far as there is one. */
export async function bestCapture(scratch: string, plan: Pick<Plan, 'thumbnails'>, moments: readonly Moment[]): Promise<number> {
  const planes = await readFile(join(scratch, SCORES_NAME));
  const scores = plan.thumbnails.captureFrames.map((frame, index) => {
    const plane = planes.subarray(index * SCORE_BYTES, (index + 1) * SCORE_BYTES);
    return isInTransition(moments, frame) ? 0 : scoreLuma(plane, SCORE_SIZE.width, SCORE_SIZE.height);
  });
  return bestScore(scores) + 1;
}

/** A capture of a run as the source of a poster. */
export function captureSource({ thumbnails }: Pick<Plan, 'thumbnails'>, number: number, scratch: string): PosterSource {
  const path = join(scratch, captureName(number));
  return { path, width: thumbnails.posterWidth, height: thumbnails.posterHeight, folder: PICTURES_FOLDER };
}

/**
 * The poster that a user has chosen, as a picture in the scratch folder. A time beyond the end is the last frame. Throws `PlanInvalid` when
 * an upload is gone, `OutputInvalid` when the segment of the time is.
 */
export async function chosenSource(
  ffmpeg: string,
  task: TaskContext,
  { plan, video, choice }: TitleOfPoster & { choice: PosterChoice },
): Promise<PosterSource> {
  const folder = chosenPosterFolder(choice.posterId);
  if (choice.kind === 'time') return { ...(await frameAt(ffmpeg, task, { plan, video, atMs: choice.atMs })), folder };
  const bytes = await task.objects.get('originals', posterUploadKey(choice.sha256));
  if (!bytes) throw new Failure('PlanInvalid', 'The picture that was uploaded as poster is not in storage; upload it again.');
  const path = join(task.scratch, 'upload.jpg');
  await writeFile(path, bytes);
  return { path, width: choice.width, height: choice.height, folder };
}

async function frameAt(
  ffmpeg: string,
  task: TaskContext,
  { plan, video, atMs }: TitleOfPoster & { atMs: number },
): Promise<Omit<PosterSource, 'folder'>> {
  const { frameRate, frameCount, framesPerSegment } = plan.grid;
  const frame = Math.min(frameCount - 1, Math.floor((atMs * frameRate.num) / (frameRate.den * 1000)));
  const firstSegment = Math.floor(frame / framesPerSegment);
  const { rung, rendition } = renditionFor(plan, video, POSTER_SHORT_SIDE);
  const segment = join(task.scratch, 'poster.mp4');
  const range = { firstSegment, endSegment: firstSegment + 1 };
  await joinSegments(task.objects, { place: clearPlace(plan), rendition, range, path: segment });
  const path = join(task.scratch, 'frame.png');
  await task.tool({ tool: ffmpeg, args: frameArgs(segment, frame - firstSegment * framesPerSegment, path) });
  return { path, width: rung.width, height: rung.height };
}

/** Makes and stores a poster in every size, no picture higher than `mostHeight` pixels. */
export async function makePoster(
  ffmpeg: string,
  task: TaskContext,
  {
    run: { videoId, generation },
    source,
    mostHeight,
  }: { run: Pick<Plan, 'videoId' | 'generation'>; source: PosterSource; mostHeight: number },
): Promise<{ poster: PosterSet; bytesOut: number }> {
  const { folder } = source;
  const sizes = posterSizes(source, mostHeight);
  await task.tool({ tool: ffmpeg, args: posterArgs(source.path, sizes, task.scratch) });
  const stored = posterFiles(sizes).map(({ name, width, format }) => {
    const key = thumbnailKeys.posterSize({ videoId, generation, folder }, width, format);
    return task.objects.putFile('transcoded', key, join(task.scratch, name), format === 'jpg' ? OBJECTS.picture : OBJECTS.smallPicture);
  });
  return { poster: { folder, sizes }, bytesOut: (await Promise.all(stored)).reduce((sum, bytes) => sum + bytes, 0) };
}
