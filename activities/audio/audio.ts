import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { AudioRef, TaskResult } from '../../temporal/contract/activities';
import { Failure } from '../../temporal/contract/failures';
import { FORMAT_VERSION } from '../../temporal/contract/format-version';
import { clearPlace, segmentsKeys } from '../../temporal/contract/object-keys';
import type { AudioPlan, Plan } from '../../temporal/contract/media/plan';
import { recipeOf } from '../../temporal/contract/media/recipe';
import { audioRef } from '../../temporal/contract/media/renditions';
import type { RenditionReport } from '../../temporal/contract/media/reports';
import { audioArgs } from '../../workflows/planning/encode/ffmpeg-audio';
import { packagerAudioArgs } from '../../workflows/planning/encode/packager-args';
import { audioScratchBytes } from '../../workflows/planning/encode/scratch-need';
import { AAC } from '../../workflows/planning/families/aac';
import type { ActivityBinding } from '../activity-binding';
import { isPublished } from '../generations/is-published';
import { collectRendition } from '../renditions/collect-rendition';
import { loadAudioReport, storeAudioReport } from '../renditions/report-store';
import { uploadRendition } from '../renditions/upload-rendition';
import type { ActivityDependencies } from '../task/activity-dependencies';
import { loadPlan } from '../task/plan-store';
import { runTask, type TaskContext } from '../task/run-task';
import { proveSound } from './prove-sound';

/**
 * Encodes every planned audio track whole: encoder priming at every chunk would add gaps. The report is written last, so audio
 * that has one is done unless it is to be made again. Throws `EncodeFailed`, `OutputInvalid`, `PlanInvalid`, `ScratchFull`.
 */
export async function audio(deps: ActivityDependencies, ref: AudioRef): Promise<TaskResult> {
  const inputKey = segmentsKeys.sourceAudio(ref.videoId, ref.generation);
  const outputKey = segmentsKeys.audioReport(ref.videoId, ref.generation);
  const spec = { ref: { ...ref, taskType: 'audio' }, policy: 'audio', inputKey } as const;
  return runTask(deps, spec, async (task) => {
    const plan = await loadPlan(task.objects, ref);
    if (plan.audio.length === 0) throw new Failure('PlanInvalid', 'The recorded plan has no audio.');
    const done = await loadAudioReport(task.objects, ref);
    const stands = !ref.redo || (await isPublished(task.objects, ref));
    if (stands && done?.planSha256 === ref.planSha256) return { result: { bytesOut: 0 }, outputKey, bytesIn: 0, bytesOut: 0 };
    await task.needs(audioScratchBytes(plan));
    const bytesIn = await encode(deps, task, { plan, inputKey });
    const renditions: RenditionReport[] = [];
    let bytesOut = 0;
    for (const track of plan.audio) {
      const report = await cut(deps, task, { plan, track });
      const path = segmentsFolder(task, track);
      await proveOrThrow(deps, ref, { task, rendition: report, folder: path, track: track.sourceTrack });
      bytesOut += await uploadRendition(task.objects, clearPlace(plan), { path, report, withInit: true, signal: task.signal });
      renditions.push(report);
    }
    await storeAudioReport(task.objects, ref, { formatVersion: FORMAT_VERSION, planSha256: ref.planSha256, renditions });
    return { result: { bytesOut }, outputKey, bytesIn, bytesOut };
  });
}

/** Resolves to the bytes read. */
async function encode(deps: ActivityDependencies, task: TaskContext, work: { plan: Plan; inputKey: string }): Promise<number> {
  const { plan, inputKey } = work;
  return deps.sources.use({ bucket: 'segments', key: inputKey }, async (source) => {
    for (const track of plan.audio) {
      const args = audioArgs({ inputPath: source.url, plan, audio: track, outPath: encodedPath(task, track) });
      await task.tool({ tool: deps.tools.ffmpeg, args });
    }
    return source.bytesRead();
  });
}

async function cut(deps: ActivityDependencies, task: TaskContext, work: { plan: Plan; track: AudioPlan }): Promise<RenditionReport> {
  const { plan, track } = work;
  const folder = segmentsFolder(task, track);
  await mkdir(folder);
  const args = packagerAudioArgs({ input: { path: encodedPath(task, track), folder }, grid: plan.grid });
  await task.tool({ tool: deps.tools.packager, args });
  return collectRendition(folder, { ref: audioRef(track), codec: AAC, offsetTicks: 0, recipe: recipeOf(plan) });
}

function encodedPath({ scratch }: TaskContext, { name }: AudioPlan): string {
  return join(scratch, `${name}.mp4`);
}

function segmentsFolder({ scratch }: TaskContext, { name }: AudioPlan): string {
  return join(scratch, name);
}

/** Facts that were recorded before sound was measured have no levels to compare the track with. */
async function proveOrThrow(
  deps: ActivityDependencies,
  ref: AudioRef,
  made: { task: TaskContext; rendition: RenditionReport; folder: string; track: number },
): Promise<void> {
  const { task, track } = made;
  const source = await task.objects.get('segments', segmentsKeys.soundLevels(ref.videoId, ref.generation, track));
  if (!source) return;
  const ffmpeg = (args: string[]) => task.tool({ tool: deps.tools.ffmpeg, args });
  const problem = await proveSound({ ...made, source, scratch: task.scratch, ffmpeg });
  if (problem) throw new Failure('OutputInvalid', `The finished audio did not pass its check: ${problem}.`);
}

export const audioBinding: ActivityBinding = { queue: 'audio', bind: (deps) => ({ audio: (ref) => audio(deps, ref) }) };
