import { join } from 'node:path';
import { activityInfo } from '@temporalio/activity';
import type { ObjectStore } from '../../infra/object-store/object-store';
import type { ChunkRef } from '../../temporal/contract/activities';
import type { ChunkResult } from '../../temporal/contract/results';
import { Failure } from '../../temporal/contract/failures';
import { FORMAT_VERSION } from '../../temporal/contract/format-version';
import { clearPlace, segmentsKeys } from '../../temporal/contract/object-keys';
import { OBJECTS } from '../../temporal/contract/media/objects';
import { GPU_QUEUE } from '../../temporal/contract/queues';
import { PRIORITY_KEYS } from '../../temporal/contract/steps';
import type { FamilyPlan, Plan, VideoRung } from '../../temporal/contract/media/plan';
import type { ChunkReport, RenditionReport } from '../../temporal/contract/media/reports';
import { captureNames, capturesOfChunk } from '../../workflows/planning/encode/captures';
import { sameTools } from '../../workflows/planning/run/tool-mixture';
import { opensBeforeItsChunk } from '../../workflows/planning/manifests/early-presentation';
import { lostObjects } from '../../workflows/planning/run/chunk-objects';
import { checkChunk } from '../../workflows/planning/proof/check-chunk';
import { encoderOf } from '../../workflows/planning/families/hardware/encoder-of';
import { chunkScratchBytes } from '../../workflows/planning/encode/scratch-need';
import { SIGNATURE_SIZE } from '../../workflows/planning/proof/signatures';
import { unmarkedCells } from '../../workflows/planning/encode/watermark/unmarked-cells';
import type { ActivityBinding } from '../activity-binding';
import type { ActivityDependencies } from '../task/activity-dependencies';
import { openEarly } from '../early/open-early';
import { familySizes } from '../bookkeeping/find-missing-chunks';
import { withSession } from '../hardware/with-session';
import { BULK_NICENESS } from '../media-tools/tool-limits';
import { toolVersions } from '../media-tools/tool-versions';
import { loadChunkReport, storeChunkReport, storeOpeningReport } from '../renditions/report-store';
import { uploadRendition } from '../renditions/upload-rendition';
import { loadPlan } from '../task/plan-store';
import { runTask, type TaskContext } from '../task/run-task';
import { fetchMark } from '../watermark/fetch-mark';
import { groupsOf, makeGroup, type ChunkWork, type GroupWork, type MadeGroup } from './make-group';
import { proveFrames, proveParameterSets } from './prove-chunk';
import { RightOfWay } from './right-of-way';

/** Of this machine, as far as this process has it. */
const rightOfWay = new RightOfWay();

/** The same for every chunk, so that the video has it once. */
const DAMAGED = {
  code: 'SourceDamaged',
  step: 'transcode',
  message: 'Parts of the picture are damaged: the decoder could not make them as they were recorded.',
} as const;

/**
 * Encodes one chunk in every rung of a family: decoded once for each group of rungs, ending as final segments in storage. The report is written
 * last, so a chunk that has one is done and is not encoded again, unless an object is gone that it names. Throws `EncodeFailed`,
 * `OutputInvalid`, `PlanInvalid`, `WatermarkMissing`, and `EncoderMissing` and `ScratchFull` before anything is encoded.
 */
export async function transcodeChunk(deps: ActivityDependencies, ref: ChunkRef): Promise<ChunkResult> {
  const startedMs = performance.now();
  const outputKey = segmentsKeys.chunkReport(ref.videoId, ref.generation, ref.family, ref.chunkIndex);
  const taskRef = { ...ref, taskType: 'transcode', codec: ref.family, segmentIndex: ref.chunkIndex } as const;
  return runTask<ChunkResult>(deps, { ref: taskRef, policy: 'transcode' }, async (task) => {
    const planned = chunkWork(await loadPlan(task.objects, ref), ref, task.scratch);
    const work = { ...planned, madeWith: await versionsOf(deps, task, planned) };
    if (await isDone(task.objects, ref, work)) {
      if (opensTitle(ref, work.plan)) await openEarly(deps, task, { run: ref, plan: work.plan });
      return { result: { bytesOut: 0 }, outputKey, bytesIn: 0, bytesOut: 0 };
    }
    await task.needs(chunkScratchBytes({ ...work, family: work.familyPlan }));
    const { made, bytesOut: bytesBefore } = await makeGroups(deps, ref, { task, work });
    const renditions = inOrder(work.familyPlan, made);
    // Parameter sets come last: their reference must come from a correct chunk.
    throwProblem(made, await proveParameterSets(task.objects, ref, { renditions, madeWith: work.madeWith }));
    let bytesOut = bytesBefore + (await uploadCaptures(task, work));
    for (const one of made) if (!one.group.leads) bytesOut += await upload(task, ref, one);
    await storeChunkReport(task.objects, ref, chunkReport(ref, work, renditions));
    if (opensTitle(ref, work.plan)) await openEarly(deps, task, { run: ref, plan: work.plan });
    const bytesIn = made.reduce((sum, one) => sum + one.bytesIn, 0);
    // A span of this machine's monotonic clock: the workflow compares spans, never times of two machines.
    const ranMs = Math.round(performance.now() - startedMs);
    return { result: { bytesOut, ranMs }, outputKey, bytesIn, bytesOut, mediaMs: chunkMs(work) };
  });
}

/**
 * Whether viewers wait for a chunk: the first of a title that opens early, and those that are wished for, which come at the priority of urgent
 * videos, also where theirs is another.
 */
async function isAwaited({ videos }: ActivityDependencies, ref: ChunkRef, plan: Plan): Promise<boolean> {
  if (!plan.opensEarly) return false;
  if (opensTitle(ref, plan) || ref.isWished) return true;
  if (activityInfo().priority?.priorityKey !== PRIORITY_KEYS.urgent) return false;
  return (await videos.find(ref.videoId))?.priority !== 'urgent';
}

/** With its first chunk a title may open; a family that joins has a title that is open. */
function opensTitle({ chunkIndex, joins, family }: ChunkRef, plan: Plan): boolean {
  return chunkIndex === 0 && !joins && plan.families[0]?.family === family;
}

/** In the order of the plan, in whatever order they were made. */
function inOrder({ rungs }: FamilyPlan, made: readonly MadeGroup[]): RenditionReport[] {
  const renditions = made.flatMap((one) => one.renditions);
  return rungs.flatMap(({ name }) => renditions.filter(({ ref }) => ref.name === name));
}

/** Of the tools, the encoder that was planned among them: it proves here that it works. */
function versionsOf(deps: ActivityDependencies, { signal }: TaskContext, { family, familyPlan }: Omit<ChunkWork, 'madeWith'>) {
  const ask = () => toolVersions({ tools: deps.tools, runTool: (run) => deps.runTool(run) }, family);
  return familyPlan.encoder ? withSession(signal, ask) : ask();
}

/** A report counts only while everything that it names is stored, and for the tools that it was made with. */
async function isDone(objects: ObjectStore, ref: ChunkRef, { plan, madeWith }: ChunkWork): Promise<boolean> {
  const report = await loadChunkReport(objects, ref);
  if (report?.planSha256 !== ref.planSha256 || !sameTools(report.madeWith, madeWith)) return false;
  return lostObjects(report, await familySizes(objects, clearPlace(plan), ref.family)).length === 0;
}

/** Makes the runs of a chunk one after the other and proves each; the leading one is handed over at once. */
async function makeGroups(deps: ActivityDependencies, ref: ChunkRef, { task, work }: { task: TaskContext; work: ChunkWork }) {
  const awaited = await isAwaited(deps, ref, work.plan);
  if (!awaited) {
    task.niceness = BULK_NICENESS;
    await rightOfWay.yield(task.signal);
  }
  const mark = await fetchMark(task.objects, work.plan, task.scratch);
  const made: MadeGroup[] = [];
  let bytesOut = 0;
  const isLed = awaited && (!opensTitle(ref, work.plan) || opensBeforeItsChunk(work.plan));
  for (const group of groupsOf(task, { ...work, mark, isLed })) {
    const one = group.leads ? await rightOfWay.first(() => makeProved(deps, task, group)) : await makeProved(deps, task, group);
    if (group.leads) {
      bytesOut += await handOver(deps, ref, { task, work, lead: one });
      task.niceness = BULK_NICENESS;
    }
    made.push(one);
  }
  if (made.some(({ showsDamage }) => showsDamage)) await deps.videos.addWarning(ref, DAMAGED);
  return { made, bytesOut };
}

async function makeProved(deps: ActivityDependencies, task: TaskContext, group: GroupWork): Promise<MadeGroup> {
  const made = await makeGroup(deps, task, group);
  throwProblem([made], checkChunk(group.plan.grid, group.chunk, made.renditions) ?? (await proveGroup(deps, task, made)));
  return made;
}

/**
 * Viewers begin with the smallest rungs of a chunk while the others are encoded. Its parameter sets are held against those of the chunks that are
 * done, if any is. Resolves to the bytes stored.
 */
async function handOver(
  deps: ActivityDependencies,
  ref: ChunkRef,
  { task, work, lead }: { task: TaskContext; work: ChunkWork; lead: MadeGroup },
): Promise<number> {
  const { renditions } = lead;
  throwProblem([lead], await proveParameterSets(task.objects, ref, { renditions, madeWith: work.madeWith, isPart: true }));
  const bytes = await upload(task, ref, lead);
  if (opensTitle(ref, work.plan)) {
    await storeOpeningReport(task.objects, ref, chunkReport(ref, work, renditions));
    await openEarly(deps, task, { run: ref, plan: work.plan });
  }
  return bytes;
}

function throwProblem(made: readonly MadeGroup[], problem: string | null): void {
  if (!problem) return;
  if (made.some(({ damaged }) => damaged)) {
    const sentence = 'Not all of the picture can be decoded: the file is damaged there, or its codec changes in the middle.';
    throw new Failure('SourceUnreadable', sentence, { cause: new Error(problem) });
  }
  throw new Failure('OutputInvalid', `A chunk did not pass its check: ${problem}.`);
}

/** The lowest rung of a run is proved: the others are made of the same frames. Resolves to the problem, or null. */
async function proveGroup(
  deps: ActivityDependencies,
  task: TaskContext,
  { group, renditions, damaged }: MadeGroup,
): Promise<string | null> {
  const rendition = renditions.at(-1) as RenditionReport;
  const folder = join(group.folder, rendition.ref.name);
  const rung = group.rungs.at(-1) as VideoRung;
  const cells = unmarkedCells(group.plan.watermark, rung, SIGNATURE_SIZE);
  const { maxrateBps } = rung;
  const ffmpeg = (args: string[]) => task.tool({ tool: deps.tools.ffmpeg, args });
  return proveFrames({ ...group, rendition, folder, damaged, cells, scratch: group.folder, maxrateBps, ffmpeg });
}

async function upload(task: TaskContext, ref: ChunkRef, { group, renditions }: MadeGroup): Promise<number> {
  const sizes = await Promise.all(
    renditions.map((report) => {
      const path = join(group.folder, report.ref.name);
      return uploadRendition(task.objects, clearPlace(group.plan), { path, report, withInit: ref.chunkIndex === 0, signal: task.signal });
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

function chunkMs({ plan: { grid }, chunk: { startFrame, endFrame } }: ChunkWork): number {
  return ((endFrame - startFrame) * 1000 * grid.frameRate.den) / grid.frameRate.num;
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
  return { plan, family: encoderOf(familyPlan), familyPlan, chunk, captures };
}

/** The plan of a family says which of the two queues its chunks are for. */
export const transcodeBindings: readonly ActivityBinding[] = (['transcode-cpu', GPU_QUEUE] as const).map((queue) => ({
  queue,
  bind: (deps) => ({ transcodeChunk: (ref) => transcodeChunk(deps, ref) }),
}));
