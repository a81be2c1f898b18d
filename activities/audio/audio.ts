import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { AudioRef, TaskResult } from '../../temporal/contract/activities';
import { Failure } from '../../temporal/contract/failures';
import { segmentsKeys } from '../../temporal/contract/object-keys';
import type { AudioReport, RenditionReport } from '../../temporal/contract/reports';
import { audioArgs } from '../../workflows/planning/encode/ffmpeg-audio';
import { packagerAudioArgs } from '../../workflows/planning/encode/packager-args';
import { audioScratchBytes } from '../../workflows/planning/encode/scratch-need';
import type { ActivityDependencies } from '../task/activity-dependencies';
import { collectRendition } from '../renditions/collect-rendition';
import { uploadRendition } from '../renditions/upload-rendition';
import { isPublished } from '../generations/is-published';
import { loadPlan } from '../task/plan-store';
import { runTask, type TaskContext } from '../task/run-task';
import { proveSound } from './prove-sound';

/**
 * Encodes the whole audio track in one go: encoder priming at every chunk would add gaps. The report is written last, so a track
 * that has one is done unless it is to be made again. Throws `EncodeFailed`, `OutputInvalid`, `PlanInvalid`, `ScratchFull`.
 */
export async function audio(deps: ActivityDependencies, ref: AudioRef): Promise<TaskResult> {
  const inputKey = segmentsKeys.sourceAudio(ref.videoId, ref.generation);
  const outputKey = segmentsKeys.audioReport(ref.videoId, ref.generation);
  const spec = { ref: { ...ref, taskType: 'audio' }, policy: 'audio', inputKey } as const;
  return runTask(deps, spec, async (task) => {
    const plan = await loadPlan(task.objects, ref);
    const audioPlan = plan.audio;
    if (!audioPlan) throw new Failure('PlanInvalid', 'The recorded plan has no audio.');
    const done = await task.objects.getJson<AudioReport>('segments', outputKey);
    const stands = !ref.redo || (await isPublished(task.objects, ref));
    if (stands && done?.planSha256 === ref.planSha256) return { result: { bytesOut: 0 }, outputKey, bytesIn: 0, bytesOut: 0 };
    await task.needs(audioScratchBytes(plan));
    const encoded = join(task.scratch, 'audio.mp4');
    const bytesIn = await deps.sources.use({ bucket: 'segments', key: inputKey }, async (source) => {
      await task.tool({ tool: deps.tools.ffmpeg, args: audioArgs({ inputPath: source.url, plan, audio: audioPlan, outPath: encoded }) });
      return source.bytesRead();
    });
    const folder = join(task.scratch, 'audio');
    await mkdir(folder);
    await task.tool({ tool: deps.tools.packager, args: packagerAudioArgs({ input: { path: encoded, folder }, grid: plan.grid }) });
    const rendition = await collectRendition(folder, `audio/${audioPlan.name}`, 0);
    await proveOrThrow(deps, ref, { task, rendition, folder, track: audioPlan.sourceTrack });
    const bytesOut = await uploadRendition(task.objects, ref, { path: folder, report: rendition, withInit: true, signal: task.signal });
    const report: AudioReport = { formatVersion: 1, planSha256: ref.planSha256, rendition };
    await task.objects.put('segments', outputKey, JSON.stringify(report), { contentType: 'application/json' });
    return { result: { bytesOut }, outputKey, bytesIn, bytesOut };
  });
}

/** Facts that were recorded before sound was measured have nothing to hold the track against. */
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
