import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pMap from 'p-map';
import type { ObjectStore } from '../../infra/object-store/object-store';
import type { PlanRef, TaskResult } from '../../temporal/contract/activities';
import { Failure } from '../../temporal/contract/failures';
import { captureName, segmentsKeys, spriteName, thumbnailKeys, thumbName } from '../../temporal/contract/object-keys';
import { OBJECTS } from '../../temporal/contract/media/objects';
import type { Plan } from '../../temporal/contract/media/plan';
import {
  countSprites,
  SCORE_BYTES,
  SCORE_SIZE,
  SCORES_NAME,
  spriteVtt,
  thumbnailArgs,
} from '../../workflows/planning/encode/ffmpeg-thumbnails';
import { bestScore, scoreLuma } from '../../workflows/planning/encode/poster-score';
import { thumbnailScratchBytes } from '../../workflows/planning/encode/scratch-need';
import type { ActivityBinding } from '../activity-binding';
import type { ActivityDependencies } from '../task/activity-dependencies';
import { loadPlan } from '../task/plan-store';
import { runTask } from '../task/run-task';

const PICTURES_AT_ONCE = 16;

/**
 * Poster, thumbnails and sprite sheets from the captures that the chunks left, so the source is not read again.
 * Throws `PlanInvalid` when they are gone, and `ScratchFull`.
 */
export async function thumbnails(deps: ActivityDependencies, ref: PlanRef): Promise<TaskResult> {
  const outputKey = thumbnailKeys.spriteIndex(ref.videoId, ref.generation);
  return runTask(deps, { ref: { ...ref, taskType: 'thumbnail' }, policy: 'thumbnails' }, async (task) => {
    const plan = await loadPlan(task.objects, ref);
    await task.needs(thumbnailScratchBytes(plan.thumbnails));
    const bytesIn = await fetchCaptures(task.objects, plan, task.scratch);
    await task.tool({ tool: deps.tools.ffmpeg, args: thumbnailArgs(plan.thumbnails, task.scratch) });
    const bytesOut = await storePictures(task.objects, plan, task.scratch);
    await deps.videos.setThumbnail(ref, thumbnailKeys.poster(ref.videoId, ref.generation));
    return { result: { bytesOut }, outputKey, bytesIn, bytesOut };
  });
}

async function fetchCaptures(objects: ObjectStore, plan: Plan, scratch: string): Promise<number> {
  return sumOverAll(plan.thumbnails.captureFrames.length, async (number) => {
    const capture = await objects.get('segments', segmentsKeys.capture(plan.videoId, plan.generation, number));
    if (!capture) throw new Failure('PlanInvalid', 'The captures of this video are gone; retry from the transcode step.');
    await writeFile(join(scratch, captureName(number)), capture);
    return capture.byteLength;
  });
}

/** The index is stored last: it names the sheets. */
async function storePictures(objects: ObjectStore, plan: Plan, scratch: string): Promise<number> {
  const { videoId, generation, thumbnails: wanted, source } = plan;
  const put = (key: string, file: string) => objects.putFile('transcoded', key, join(scratch, file), OBJECTS.picture);
  let bytesOut = await put(thumbnailKeys.poster(videoId, generation), captureName(await bestCapture(scratch)));
  bytesOut += await sumOverAll(wanted.captureFrames.length, (number) =>
    put(thumbnailKeys.thumb(videoId, generation, number), thumbName(number)),
  );
  bytesOut += await sumOverAll(countSprites(wanted), (number) =>
    put(thumbnailKeys.sprite(videoId, generation, number), spriteName(number)),
  );
  const index = spriteVtt(wanted, source.durationMs);
  return bytesOut + (await objects.put('transcoded', thumbnailKeys.spriteIndex(videoId, generation), index, OBJECTS.spriteIndex));
}

/** Number of the capture that is neither black nor blurred nor flat, as far as there is one. */
async function bestCapture(scratch: string): Promise<number> {
  const planes = await readFile(join(scratch, SCORES_NAME));
  const scores: number[] = [];
  for (let start = 0; start < planes.length; start += SCORE_BYTES) {
    scores.push(scoreLuma(planes.subarray(start, start + SCORE_BYTES), SCORE_SIZE.width, SCORE_SIZE.height));
  }
  return bestScore(scores) + 1;
}

/** The sum of `size` over the numbers 1 to `count`, a few of them at once. */
async function sumOverAll(count: number, size: (number: number) => Promise<number>): Promise<number> {
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  const sizes = await pMap(numbers, size, { concurrency: PICTURES_AT_ONCE });
  return sizes.reduce((sum, bytes) => sum + bytes, 0);
}

export const thumbnailBinding: ActivityBinding = { queue: 'thumbnail', bind: (deps) => ({ thumbnails: (ref) => thumbnails(deps, ref) }) };
