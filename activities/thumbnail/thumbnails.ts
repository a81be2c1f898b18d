import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlanRef, TaskResult } from '../../temporal/contract/activities';
import { generationFolder, segmentsKeys, spriteName, thumbName } from '../../temporal/contract/object-keys';
import type { Plan } from '../../temporal/contract/plan';
import type { ThumbnailReport } from '../../temporal/contract/reports';
import {
  countSprites,
  posterArgs,
  SCORE_SIZE,
  scoreName,
  SEEKS_PER_PROCESS,
  spriteArgs,
  spriteVtt,
  thumbnailArgs,
} from '../../workflows/planning/ffmpeg-thumbnails';
import { bestScore, scoreLuma } from '../../workflows/planning/poster-score';
import type { ActivityDependencies } from '../activity-dependencies';
import { IMMUTABLE } from '../media-tools/upload-rendition';
import { loadPlan } from '../plan-store';
import { runTask, type TaskContext } from '../run-task';

const POSTER_NAME = 'poster.jpg';
const SPRITE_INDEX_NAME = 'sprite.vtt';

interface Pictures {
  plan: Plan;
  sourceUrl: string;
}

/** Poster, thumbnails and sprite sheets with their WebVTT index. The report is written last. Throws `OutputInvalid`, `PlanInvalid`. */
export async function thumbnails(deps: ActivityDependencies, ref: PlanRef): Promise<TaskResult> {
  const outputKey = segmentsKeys.thumbnailReport(ref.videoId, ref.generation);
  return runTask(deps, { ref: { ...ref, taskType: 'thumbnail' }, policy: 'thumbnails', toolFailure: 'EncodeFailed' }, async (task) => {
    const plan = await loadPlan(deps.objects, ref);
    const bytesIn = await deps.sources.use({ bucket: 'originals', key: plan.originalKey }, async (source) => {
      await capture(deps, task, { plan, sourceUrl: source.url });
      return source.bytesRead();
    });
    await tileSprites(deps, task, plan);
    const report = reportOf(plan, ref);
    const bytesOut = await upload(deps, task, { plan, report });
    await deps.objects.put('segments', outputKey, JSON.stringify(report), { contentType: 'application/json' });
    return { result: { bytesOut }, outputKey, bytesIn, bytesOut };
  });
}

async function capture(deps: ActivityDependencies, task: TaskContext, { plan, sourceUrl }: Pictures): Promise<void> {
  const { timesMs } = plan.thumbnails;
  for (let firstIndex = 0; firstIndex < timesMs.length; firstIndex += SEEKS_PER_PROCESS) {
    const count = Math.min(SEEKS_PER_PROCESS, timesMs.length - firstIndex);
    const args = thumbnailArgs({ sourceUrl, plan, firstIndex, count, outFolder: task.scratch });
    await task.tool({ tool: deps.tools.ffmpeg, args });
    task.percent = ((firstIndex + count) / timesMs.length) * 90;
  }
  const scores = await Promise.all(
    timesMs.map(async (_, index) =>
      scoreLuma(await readFile(join(task.scratch, scoreName(index + 1))), SCORE_SIZE.width, SCORE_SIZE.height),
    ),
  );
  const timeMs = timesMs[bestScore(scores)] ?? 0;
  await task.tool({ tool: deps.tools.ffmpeg, args: posterArgs({ sourceUrl, plan, timeMs, outPath: join(task.scratch, POSTER_NAME) }) });
}

async function tileSprites(deps: ActivityDependencies, task: TaskContext, plan: Plan): Promise<void> {
  for (let sheetIndex = 0; sheetIndex < countSprites(plan.thumbnails); sheetIndex++) {
    const outPath = join(task.scratch, spriteName(sheetIndex + 1));
    const args = spriteArgs({ thumbnails: plan.thumbnails, sheetIndex, thumbFolder: task.scratch, outPath });
    await task.tool({ tool: deps.tools.ffmpeg, args });
  }
}

async function upload(
  deps: ActivityDependencies,
  task: TaskContext,
  { plan, report }: { plan: Plan; report: ThumbnailReport },
): Promise<number> {
  const prefix = `${generationFolder(plan.videoId, plan.generation)}/thumbnails`;
  const jpeg = { contentType: 'image/jpeg', cacheControl: IMMUTABLE };
  let bytes = 0;
  for (const name of [report.posterName, ...report.thumbNames, ...report.spriteNames]) {
    bytes += await deps.objects.putFile('transcoded', `${prefix}/${name}`, join(task.scratch, name), jpeg);
  }
  const index = spriteVtt(plan.thumbnails, plan.source.durationMs);
  return bytes + (await deps.objects.put('transcoded', `${prefix}/${SPRITE_INDEX_NAME}`, index, { contentType: 'text/vtt', cacheControl: IMMUTABLE }));
}

function reportOf(plan: Plan, ref: PlanRef): ThumbnailReport {
  return {
    formatVersion: 1,
    planSha256: ref.planSha256,
    posterName: POSTER_NAME,
    thumbNames: plan.thumbnails.timesMs.map((_, index) => thumbName(index + 1)),
    spriteNames: Array.from({ length: countSprites(plan.thumbnails) }, (_, index) => spriteName(index + 1)),
  };
}
