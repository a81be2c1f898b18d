import { join } from 'node:path';
import pMap from 'p-map';
import type { ObjectStore } from '../../infra/object-store/object-store';
import { sheetCount, type ImageTrack } from '../../temporal/contract/media/pictures';
import { OBJECTS } from '../../temporal/contract/media/objects';
import type { Plan, ThumbnailPlan } from '../../temporal/contract/media/plan';
import { spriteName, thumbnailKeys, thumbName } from '../../temporal/contract/picture-keys';
import { gridDurationMs, imageTrackOf, spriteVtt, thumbnailArgs } from '../../workflows/planning/encode/ffmpeg-thumbnails';
import { imagePlaylist } from '../../workflows/planning/manifests/images';
import type { TaskContext } from '../task/run-task';

const PICTURES_AT_ONCE = 16;

/** Thumbnails of a title, and the folder that they are for, below that of the generation. */
export interface SheetWork {
  plan: Pick<Plan, 'videoId' | 'generation' | 'source' | 'grid'>;
  thumbnails: ThumbnailPlan;
  folder: string;
}

/** Makes thumbnails and sprite sheets of the captures in the scratch folder, and stores them. The index comes last: it names the sheets. */
export async function makeSheets(ffmpeg: string, task: TaskContext, work: SheetWork): Promise<{ images: ImageTrack; bytesOut: number }> {
  const { plan, thumbnails, folder } = work;
  const { videoId, generation } = plan;
  await task.tool({ tool: ffmpeg, args: thumbnailArgs(thumbnails, task.scratch) });
  const put = (key: string, file: string) => task.objects.putFile('transcoded', key, join(task.scratch, file), OBJECTS.picture);
  const thumbs = await forAll(thumbnails.captureFrames.length, (number) =>
    put(thumbnailKeys.thumb(videoId, generation, number, folder), thumbName(number)),
  );
  const count = sheetCount({ count: thumbnails.captureFrames.length, ...thumbnails });
  const sheets = await forAll(count, (number) => put(thumbnailKeys.sprite(videoId, generation, number, folder), spriteName(number)));
  const made = { folder, durationMs: gridDurationMs(plan.grid), largestSheetBytes: Math.max(...sheets) };
  const images = imageTrackOf(thumbnails, made);
  const indexes = await storeIndexes(task.objects, work, images);
  return { images, bytesOut: [...thumbs, ...sheets].reduce((sum, bytes) => sum + bytes, indexes) };
}

async function storeIndexes(objects: ObjectStore, { plan, thumbnails, folder }: SheetWork, images: ImageTrack): Promise<number> {
  const { videoId, generation } = plan;
  const playlistKey = thumbnailKeys.imagePlaylist(videoId, generation, folder);
  const playlist = await objects.put('transcoded', playlistKey, imagePlaylist(images), OBJECTS.imagePlaylist);
  const indexKey = thumbnailKeys.spriteIndex(videoId, generation, folder);
  return playlist + (await objects.put('transcoded', indexKey, spriteVtt(thumbnails, plan.source.durationMs), OBJECTS.spriteIndex));
}

/** What `work` makes of the numbers 1 to `count`, a few of them at once. */
export function forAll(count: number, work: (number: number) => Promise<number>): Promise<number[]> {
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  return pMap(numbers, work, { concurrency: PICTURES_AT_ONCE });
}
