import { join } from 'node:path';
import type { ObjectStore } from '../../infra/object-store/object-store';
import type { ChunkRef } from '../../temporal/contract/activities';
import type { ChunkResult } from '../../temporal/contract/results';
import { segmentsKeys } from '../../temporal/contract/object-keys';
import { OBJECTS } from '../../temporal/contract/media/objects';
import { GPU_QUEUE } from '../../temporal/contract/queues';
import type { ChunkPlan, Plan } from '../../temporal/contract/media/plan';
import type { RenditionReport } from '../../temporal/contract/media/reports';
import { captureNames } from '../../workflows/planning/encode/captures';
import { chunkScratchBytes } from '../../workflows/planning/encode/scratch-need';
import { opensBeforeItsChunk } from '../../workflows/planning/manifests/early-presentation';
import { stretchesOf } from '../../workflows/planning/plan/stretches';
import { checkChunk } from '../../workflows/planning/proof/check-chunk';
import type { ActivityBinding } from '../activity-binding';
import { openEarly } from '../early/open-early';
import { BULK_NICENESS } from '../media-tools/tool-limits';
import { loadChunkReport, storeChunkReport } from '../renditions/report-store';
import type { ActivityDependencies } from '../task/activity-dependencies';
import { loadPlan } from '../task/plan-store';
import { runTask, type TaskContext } from '../task/run-task';
import { fetchMark } from '../watermark/fetch-mark';
import { chunkWork, inOrder, reportOf, sizesOf, stands, type ChunkWork } from './chunk-work';
import { rightOfWay } from './express/right-of-way';
import { loadAhead, storeLead } from './express/leads';
import type { GroupWork, MadeGroup } from './make-group';
import { makeProved, throwProblem, uploadGroup } from './proved-group';
import { proveParameterSets } from './prove-chunk';
import { runsOf, type Stretch } from './runs-of';

/** The same for every chunk, so that the video has it once. */
const DAMAGED = {
  code: 'SourceDamaged',
  step: 'transcode',
  message: 'Parts of the picture are damaged: the decoder could not make them as they were recorded.',
} as const;

/**
 * Encodes one chunk in every rung of a family: decoded once for each group of rungs, ending as final segments in storage. The report is written
 * last, so a chunk that has one is done and is not encoded again, unless an object is gone that it names. What was made ahead for viewers is taken
 * as it is. Throws `EncodeFailed`, `OutputInvalid`, `PlanInvalid`, `WatermarkMissing`, and `EncoderMissing` and `ScratchFull` before anything is
 * encoded.
 */
export async function transcodeChunk(deps: ActivityDependencies, ref: ChunkRef): Promise<ChunkResult> {
  const startedMs = performance.now();
  const outputKey = segmentsKeys.chunkReport(ref.videoId, ref.generation, ref.family, ref.chunkIndex);
  const taskRef = { ...ref, taskType: 'transcode', codec: ref.family, segmentIndex: ref.chunkIndex } as const;
  return runTask<ChunkResult>(deps, { ref: taskRef, policy: 'transcode' }, async (task) => {
    const work = await chunkWork(deps, task, { plan: await loadPlan(task.objects, ref), ref });
    if (await isDone(task.objects, ref, work)) {
      if (opensTitle(ref, work.plan)) await openEarly(deps, task, { run: ref, plan: work.plan });
      return { result: { bytesOut: 0 }, outputKey, bytesIn: 0, bytesOut: 0 };
    }
    await task.needs(chunkScratchBytes({ ...work, family: work.familyPlan }));
    const { stretches, made, bytesOut: bytesBefore } = await makeRuns(deps, ref, { task, work });
    const renditions = await joined(task, ref, { work, stretches, made });
    const bytesOut = bytesBefore + (await uploadAll(task, made));
    await storeChunkReport(task.objects, ref, reportOf(ref, work, renditions));
    if (opensTitle(ref, work.plan)) await openEarly(deps, task, { run: ref, plan: work.plan });
    const bytesIn = made.reduce((sum, one) => sum + one.bytesIn, 0);
    // A span of this machine's monotonic clock: the workflow compares spans, never times of two machines.
    const ranMs = Math.round(performance.now() - startedMs);
    return { result: { bytesOut, ranMs }, outputKey, bytesIn, bytesOut, mediaMs: chunkMs(work) };
  });
}

/** With its first chunk a title may open; a family that joins has a title that is open. */
function opensTitle({ chunkIndex, joins, family }: ChunkRef, plan: Plan): boolean {
  return chunkIndex === 0 && !joins && plan.families[0]?.family === family;
}

async function isDone(objects: ObjectStore, ref: ChunkRef, work: ChunkWork): Promise<boolean> {
  const report = await loadChunkReport(objects, ref);
  return report !== null && stands(report, ref, { work, sizes: sizesOf(objects, work.plan, ref.family) });
}

/** Makes the runs of a chunk one after the other and proves each; with the leading one, which is stored at once, viewers begin while the others are encoded. */
async function makeRuns(deps: ActivityDependencies, ref: ChunkRef, { task, work }: { task: TaskContext; work: ChunkWork }) {
  const opens = opensTitle(ref, work.plan) && work.plan.opensEarly === true;
  if (!opens) {
    task.niceness = BULK_NICENESS;
    await rightOfWay.yield(task.signal);
  }
  const stretches = await stretchesFor(task, ref, work);
  const mark = await fetchMark(task.objects, work.plan, task.scratch);
  const made: MadeGroup[] = [];
  let bytesOut = 0;
  for (const run of runsOf(task.scratch, { ...work, mark, stretches, isLed: opens && opensBeforeItsChunk(work.plan) })) {
    const one = run.leads ? await rightOfWay.first(() => makeProved(deps, task, run)) : await makeProved(deps, task, run);
    if (run.leads) {
      bytesOut += await storeLead(task, ref, { work, lead: one });
      await openEarly(deps, task, { run: ref, plan: work.plan });
      task.niceness = BULK_NICENESS;
    }
    made.push(one);
  }
  if (made.some(({ showsDamage }) => showsDamage)) await deps.videos.addWarning(ref, DAMAGED);
  return { stretches, made, bytesOut };
}

/** The stretches of a chunk, with what was made ahead of them. */
function stretchesFor({ objects }: TaskContext, ref: ChunkRef, work: ChunkWork): Promise<Stretch[]> {
  const { plan, chunk: whole } = work;
  const sizes = sizesOf(objects, plan, ref.family);
  const ahead = async (chunk: ChunkPlan) => (plan.opensEarly ? loadAhead(objects, ref, { stretch: { ...work, chunk }, sizes }) : []);
  return Promise.all(stretchesOf(plan, whole, ref.cuts ?? []).map(async (chunk) => ({ chunk, ahead: await ahead(chunk) })));
}

/** The renditions of the whole chunk, from those of its stretches. Parameter sets come last: their reference must come from a correct chunk. */
async function joined(
  task: TaskContext,
  ref: ChunkRef,
  { work, stretches, made }: { work: ChunkWork; stretches: readonly Stretch[]; made: readonly MadeGroup[] },
): Promise<RenditionReport[]> {
  const { familyPlan, madeWith, plan } = work;
  const parts = stretches.map(({ chunk, ahead }) => {
    const own = made.filter(({ group }) => group.chunk === chunk).flatMap(({ renditions }) => renditions);
    return inOrder(familyPlan, [...ahead, ...own]);
  });
  for (const renditions of parts) throwProblem(made, await proveParameterSets(task.objects, ref, { renditions, madeWith }));
  const [first = []] = parts;
  const whole = first.map((rendition, index) => ({ ...rendition, segments: parts.flatMap((part) => part[index]?.segments ?? []) }));
  throwProblem(made, checkChunk(plan.grid, work.chunk, whole));
  return whole;
}

/** Stores what was made and is not there yet, with the captures. Resolves to the bytes stored. */
async function uploadAll(task: TaskContext, made: readonly MadeGroup[]): Promise<number> {
  let bytes = 0;
  for (const one of made) bytes += (await uploadCaptures(task, one.group)) + (one.group.leads ? 0 : await uploadGroup(task, one));
  return bytes;
}

async function uploadCaptures(task: TaskContext, { plan, captures }: GroupWork): Promise<number> {
  if (!captures) return 0;
  const sizes = captureNames(captures).map((name, index) => {
    const key = segmentsKeys.capture(plan.videoId, plan.generation, captures.firstNumber + index);
    return task.objects.putFile('segments', key, join(task.scratch, name), OBJECTS.capture);
  });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

function chunkMs({ plan: { grid }, chunk: { startFrame, endFrame } }: ChunkWork): number {
  return ((endFrame - startFrame) * 1000 * grid.frameRate.den) / grid.frameRate.num;
}

/** The plan of a family says which of the two queues its chunks are for. */
export const transcodeBindings: readonly ActivityBinding[] = (['transcode-cpu', GPU_QUEUE] as const).map((queue) => ({
  queue,
  bind: (deps) => ({ transcodeChunk: (ref) => transcodeChunk(deps, ref) }),
}));
