import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ObjectStore } from '../../infra/object-store/object-store';
import type { ChunkRef, ChunkResult } from '../../temporal/contract/activities';
import { Failure } from '../../temporal/contract/failures';
import { FORMAT_VERSION } from '../../temporal/contract/format-version';
import { pictureSource, segmentsKeys } from '../../temporal/contract/object-keys';
import { OBJECTS } from '../../temporal/contract/media/objects';
import type { ChunkPlan, FamilyPlan, Plan } from '../../temporal/contract/media/plan';
import { recipeOf } from '../../temporal/contract/media/recipe';
import { videoRef } from '../../temporal/contract/media/renditions';
import type { ChunkReport, RenditionReport, ToolVersions } from '../../temporal/contract/media/reports';
import { captureNames, capturesOfChunk, type CaptureRequest } from '../../workflows/planning/encode/captures';
import { sameTools } from '../../workflows/planning/run/tool-mixture';
import { lostObjects } from '../../workflows/planning/run/chunk-objects';
import { checkChunk } from '../../workflows/planning/proof/check-chunk';
import { chunkArgs, parseProgressFrame } from '../../workflows/planning/encode/chunk-args';
import { familyOf, type Family } from '../../workflows/planning/families/family';
import { showsDamage, tellsOfDamage } from '../../workflows/planning/proof/check-origins';
import { packagerVideoArgs } from '../../workflows/planning/encode/packager-args';
import { chunkScratchBytes } from '../../workflows/planning/encode/scratch-need';
import type { ActivityBinding } from '../activity-binding';
import type { ActivityDependencies } from '../task/activity-dependencies';
import { familySizes } from '../bookkeeping/find-missing-chunks';
import { toolVersions } from '../media-tools/tool-versions';
import { collectRendition } from '../renditions/collect-rendition';
import { loadChunkReport, storeChunkReport } from '../renditions/report-store';
import { uploadRendition } from '../renditions/upload-rendition';
import { loadPlan } from '../task/plan-store';
import { runTask, type TaskContext } from '../task/run-task';
import { proofFiles, proveFrames, proveParameterSets } from './prove-chunk';

/** The share of a chunk's time that encoding takes; packaging and upload are the rest. */
const ENCODE_PERCENT = 95;

/** The same for every chunk, so that the video has it once. */
const DAMAGED = {
  code: 'SourceDamaged',
  step: 'transcode',
  message: 'Parts of the picture are damaged: the decoder could not make them as they were recorded.',
} as const;

interface ChunkWork {
  plan: Plan;
  family: Family;
  familyPlan: FamilyPlan;
  chunk: ChunkPlan;
  madeWith: ToolVersions;
  /** Taken by the first family only: one set serves all. */
  captures: CaptureRequest | null;
}

/**
 * Encodes one chunk in every rung of a family: decoded once, ending as final segments in storage. The report is written
 * last, so a chunk that has one is done and is not encoded again, unless an object is gone that it names. Throws `EncodeFailed`,
 * `OutputInvalid`, `PlanInvalid`, and `EncoderMissing` and `ScratchFull` before anything is encoded.
 */
export async function transcodeChunk(deps: ActivityDependencies, ref: ChunkRef): Promise<ChunkResult> {
  const startedMs = performance.now();
  const outputKey = segmentsKeys.chunkReport(ref.videoId, ref.generation, ref.family, ref.chunkIndex);
  const taskRef = { ...ref, taskType: 'transcode', codec: ref.family, segmentIndex: ref.chunkIndex } as const;
  return runTask<ChunkResult>(deps, { ref: taskRef, policy: 'transcode' }, async (task) => {
    const madeWith = await toolVersions({ tools: deps.tools, runTool: (run) => deps.runTool(run) }, familyOf(ref.family));
    const work = { ...chunkWork(await loadPlan(task.objects, ref), ref, task.scratch), madeWith };
    if (await isDone(task.objects, ref, madeWith)) return { result: { bytesOut: 0 }, outputKey, bytesIn: 0, bytesOut: 0 };
    await task.needs(chunkScratchBytes({ ...work, family: work.familyPlan }));
    const { bytesIn, damaged, showsDamage } = await encode(deps, task, work);
    if (showsDamage) await deps.videos.addWarning(ref, DAMAGED);
    const renditions = await cut(deps, task, work);
    await proveOrThrow(deps, ref, { task, work, renditions, damaged });
    const bytesOut = (await upload(task, ref, renditions)) + (await uploadCaptures(task, work));
    await storeChunkReport(task.objects, ref, chunkReport(ref, work, renditions));
    // A span of this machine's monotonic clock: the workflow compares spans, never times of two machines.
    const ranMs = Math.round(performance.now() - startedMs);
    return { result: { bytesOut, ranMs }, outputKey, bytesIn, bytesOut };
  });
}

/** A report counts only while everything that it names is stored, and for the tools that it was made with. */
async function isDone(objects: ObjectStore, ref: ChunkRef, tools: ToolVersions): Promise<boolean> {
  const report = await loadChunkReport(objects, ref);
  if (report?.planSha256 !== ref.planSha256 || !sameTools(report.madeWith, tools)) return false;
  return lostObjects(report, await familySizes(objects, ref)).length === 0;
}

/** `damaged`: frames may be missing where the decoder could not make them; `showsDamage`: pictures are damaged. */
async function encode(
  deps: ActivityDependencies,
  task: TaskContext,
  work: ChunkWork,
): Promise<{ bytesIn: number; damaged: boolean; showsDamage: boolean }> {
  const frames = work.chunk.endFrame - work.chunk.startFrame;
  return deps.sources.use(pictureSource(work.plan), async (source) => {
    const { stderrTail } = await task.tool({
      tool: deps.tools.ffmpeg,
      args: chunkArgs({
        ...work,
        sourceUrl: source.url,
        proof: proofFiles(task.scratch, 'source'),
        outputs: work.familyPlan.rungs.map((rung) => ({ rung, path: join(task.scratch, `${rung.name}.mp4`) })),
      }),
      onStdoutLine: (line) => {
        const frame = parseProgressFrame(line);
        if (frame !== null) task.percent = Math.min(ENCODE_PERCENT, (frame / frames) * ENCODE_PERCENT);
      },
    });
    return { bytesIn: source.bytesRead(), damaged: tellsOfDamage(stderrTail), showsDamage: showsDamage(stderrTail) };
  });
}

async function cut(deps: ActivityDependencies, task: TaskContext, work: ChunkWork): Promise<RenditionReport[]> {
  const { plan, family, familyPlan, chunk } = work;
  const inputs = familyPlan.rungs.map((rung) => ({ path: join(task.scratch, `${rung.name}.mp4`), folder: join(task.scratch, rung.name) }));
  await Promise.all(inputs.map((input) => mkdir(input.folder)));
  await task.tool({ tool: deps.tools.packager, args: packagerVideoArgs({ family, inputs, grid: plan.grid, chunk }) });
  const offsetTicks = chunk.startFrame * plan.grid.frameRate.den;
  return Promise.all(
    familyPlan.rungs.map(({ name }) =>
      collectRendition(join(task.scratch, name), {
        ref: videoRef(family.name, { name }),
        codec: family,
        offsetTicks,
        recipe: recipeOf(plan),
      }),
    ),
  );
}

/** Cheap checks first. Parameter sets come last: their reference must come from a correct chunk. */
async function proveOrThrow(
  deps: ActivityDependencies,
  ref: ChunkRef,
  made: { task: TaskContext; work: ChunkWork; renditions: RenditionReport[]; damaged: boolean },
): Promise<void> {
  const { task, work, renditions, damaged } = made;
  const lowest = { rendition: renditions.at(-1) as RenditionReport, folder: join(task.scratch, work.familyPlan.rungs.at(-1)?.name ?? '') };
  const ffmpeg = (args: string[]) => task.tool({ tool: deps.tools.ffmpeg, args });
  const problem =
    checkChunk(work.plan.grid, work.chunk, renditions) ??
    (await proveFrames({ ...work, ...lowest, damaged, scratch: task.scratch, ffmpeg })) ??
    (await proveParameterSets(task.objects, ref, { renditions, madeWith: work.madeWith }));
  if (problem && damaged) throw new Failure('SourceUnreadable', `The picture of the file is damaged or changes its codec: ${problem}.`);
  if (problem) throw new Failure('OutputInvalid', `A chunk did not pass its check: ${problem}.`);
}

async function upload(task: TaskContext, ref: ChunkRef, renditions: RenditionReport[]): Promise<number> {
  const sizes = await Promise.all(
    renditions.map((report) => {
      const path = join(task.scratch, report.ref.name);
      return uploadRendition(task.objects, ref, { path, report, withInit: ref.chunkIndex === 0, signal: task.signal });
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function uploadCaptures(task: TaskContext, { plan, captures }: ChunkWork): Promise<number> {
  if (!captures) return 0;
  const sizes = captureNames(captures).map((name, index) => {
    const key = segmentsKeys.capture(plan.videoId, plan.generation, captures.firstNumber + index);
    return task.objects.putFile('segments', key, join(task.scratch, name), OBJECTS.capture);
  });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

function chunkReport(ref: ChunkRef, { chunk: { startFrame, endFrame }, madeWith }: ChunkWork, renditions: RenditionReport[]): ChunkReport {
  const { planSha256, family, chunkIndex } = ref;
  return { formatVersion: FORMAT_VERSION, planSha256, family, chunkIndex, startFrame, endFrame, madeWith, renditions };
}

function chunkWork(plan: Plan, ref: ChunkRef, scratch: string): Omit<ChunkWork, 'madeWith'> {
  const familyPlan = plan.families.find((one) => one.family === ref.family);
  const chunk = plan.chunks[ref.chunkIndex];
  if (!familyPlan || !chunk) throw new Failure('PlanInvalid', 'The recorded plan does not have this chunk.');
  const captures = familyPlan === plan.families[0] ? capturesOfChunk(plan.thumbnails, chunk, scratch) : null;
  return { plan, family: familyOf(ref.family), familyPlan, chunk, captures };
}

export const transcodeBinding: ActivityBinding = {
  queue: 'transcode-cpu',
  bind: (deps) => ({ transcodeChunk: (ref) => transcodeChunk(deps, ref) }),
};
