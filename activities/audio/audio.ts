import { join } from 'node:path';
import type { AudioRef } from '../../temporal/contract/activities';
import type { TaskResult } from '../../temporal/contract/results';
import { Failure } from '../../temporal/contract/failures';
import { FORMAT_VERSION } from '../../temporal/contract/format-version';
import { clearPlace, segmentsKeys } from '../../temporal/contract/object-keys';
import type { AudioPlan, Plan } from '../../temporal/contract/media/plan';
import type { RenditionReport } from '../../temporal/contract/media/reports';
import { audioScratchBytes } from '../../workflows/planning/encode/scratch-need';
import type { ActivityBinding } from '../activity-binding';
import { openEarly } from '../early/open-early';
import { isPublished } from '../generations/is-published';
import { loadAudioReport, storeAudioReport } from '../renditions/report-store';
import { uploadRendition } from '../renditions/upload-rendition';
import { ToolError } from '../media-tools/run-tool';
import { toFailure } from '../task/activity-failure';
import type { ActivityDependencies } from '../task/activity-dependencies';
import { loadPlan } from '../task/plan-store';
import { runTask, type TaskContext } from '../task/run-task';
import { fetchSound, sizeOfSound } from './fetch-sound';
import { makeTrack, type MadeSound, type TrackWork } from './make-track';

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
    if (stands && done?.planSha256 === ref.planSha256) {
      await openEarly(deps, task, { run: ref, plan });
      return { result: { bytesOut: 0 }, outputKey, bytesIn: 0, bytesOut: 0 };
    }
    const bytesIn = await sizeOfSound(task.objects, inputKey);
    await task.needs(bytesIn + audioScratchBytes(plan));
    const inputPath = join(task.scratch, 'source.mka');
    await fetchSound(task, { key: inputKey, sizeBytes: bytesIn, path: inputPath });
    const renditions: RenditionReport[] = [];
    let bytesOut = 0;
    const leftOut: number[] = [];
    for (const track of tracksOf(plan)) {
      const made = await makeOrLeaveOut(deps, ref, { task, plan, inputPath, track });
      if (!made) leftOut.push(...track.slice(0, 1).map(({ sourceTrack }) => sourceTrack));
      for (const { report, folder } of made ?? []) {
        bytesOut += await uploadRendition(task.objects, clearPlace(plan), { path: folder, report, withInit: true, signal: task.signal });
        renditions.push(report);
      }
    }
    const report = { formatVersion: FORMAT_VERSION, planSha256: ref.planSha256, renditions };
    await storeAudioReport(task.objects, ref, { ...report, ...(leftOut.length > 0 ? { leftOut } : {}) });
    await openEarly(deps, task, { run: ref, plan });
    return { result: { bytesOut }, outputKey, bytesIn, bytesOut };
  });
}

/** The renditions of each track together, in the order of the plan. */
function tracksOf({ audio: renditions }: Plan): AudioPlan[][] {
  const tracks = [...new Set(renditions.map(({ sourceTrack }) => sourceTrack))];
  return tracks.map((track) => renditions.filter(({ sourceTrack }) => sourceTrack === track));
}

interface TrackToMake {
  task: TaskContext;
  plan: Plan;
  inputPath: string;
  track: AudioPlan[];
}

/**
 * The renditions of a track. One beside the default track that cannot be made is no reason to publish nothing: it is null, with a warning.
 * Throws as `makeTrack` for the default track, and for every failure that is not of the track.
 */
async function makeOrLeaveOut(deps: ActivityDependencies, ref: AudioRef, made: TrackToMake): Promise<MadeSound[] | null> {
  const { task, plan, track } = made;
  const work = await trackWork(deps, ref, made);
  try {
    return await makeTrack(work);
  } catch (error) {
    const { type, message } = toFailure(error, 'EncodeFailed');
    const isOfTrack = type === 'OutputInvalid' || (type === 'EncodeFailed' && error instanceof ToolError);
    const [first] = track;
    if (!first || first === plan.audio[0] || task.signal.aborted || !isOfTrack) throw error;
    const sentence = `Audio track ${first.sourceTrack + 1} was left out. ${message}`;
    await deps.videos.addWarning(ref, { code: 'TrackLeftOut', step: 'audio', message: sentence });
    return null;
  }
}

/** Facts that were recorded before sound was measured have no levels to compare the track with. */
async function trackWork({ tools }: ActivityDependencies, { videoId, generation }: AudioRef, made: TrackToMake): Promise<TrackWork> {
  const { task, ...work } = made;
  const levels = await task.objects.get('segments', segmentsKeys.soundLevels(videoId, generation, work.track[0]?.sourceTrack ?? 0));
  return { ...work, tools, tool: (run) => task.tool(run), scratch: task.scratch, levels };
}

export const audioBinding: ActivityBinding = { queue: 'audio', bind: (deps) => ({ audio: (ref) => audio(deps, ref) }) };
