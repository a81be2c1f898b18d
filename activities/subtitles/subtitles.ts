import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ulid } from 'ulid';
import { canonicalLanguage, languageName, UNDETERMINED } from '../../infra/timed-text/language-tag';
import { parseTimedText } from '../../infra/timed-text/parse-timed-text';
import type { PlanRef, TaskResult } from '../../temporal/contract/activities';
import type { Plan } from '../../temporal/contract/media/plan';
import type { Cue } from '../../temporal/contract/media/text-tracks';
import { segmentsKeys, textKeys } from '../../temporal/contract/object-keys';
import { MIB } from '../../temporal/contract/units';
import { copiedText, kindOf, onTitle, webVttArgs, type CopiedText } from '../../workflows/planning/text/source-text';
import { ToolError } from '../media-tools/run-tool';
import { storeCues } from '../renditions/text-store';
import type { ActivityDependencies } from '../task/activity-dependencies';
import { loadPlan } from '../task/plan-store';
import { runTask, type TaskContext } from '../task/run-task';
import { publishText } from './change-text';

/** Files of text, one after the other. */
const SCRATCH_BYTES = 64 * MIB;

/**
 * Text tracks of the source as the probe copied them, so the source is not read again. A track that cannot be read is a warning. Those that a
 * caller has removed stay removed. Throws `PlanInvalid` when the plan is gone, and `ScratchFull`.
 */
export async function subtitles(deps: ActivityDependencies, ref: PlanRef): Promise<TaskResult> {
  const { videoId, generation } = ref;
  const inputKey = segmentsKeys.sourceSubtitles(videoId, generation);
  const outputKey = textKeys.allCues(videoId);
  return runTask(deps, { ref: { ...ref, taskType: 'subtitle' }, policy: 'subtitles', inputKey }, async (task) => {
    const plan = await loadPlan(task.objects, ref);
    await task.needs(SCRATCH_BYTES);
    const known = await deps.subtitles.sourceTracks(ref);
    const tracks = copiedText(plan).filter(({ extractedTrack }) => !known.includes(extractedTrack));
    let bytesOut = 0;
    const bytesIn = await deps.sources.use({ bucket: 'segments', key: inputKey }, async (source) => {
      for (const track of tracks) bytesOut += await addTrack(deps, task, { plan, track, inputPath: source.url });
      return source.bytesRead();
    });
    // The title may have been published meanwhile.
    await publishText(deps, ref);
    return { result: { bytesOut }, outputKey, bytesIn, bytesOut };
  });
}

/** Resolves to the bytes stored. */
async function addTrack(
  deps: ActivityDependencies,
  task: TaskContext,
  { plan, track, inputPath }: { plan: Plan; track: CopiedText; inputPath: string },
): Promise<number> {
  const { videoId, generation } = plan;
  const cues = await cuesOf(deps, task, { plan, track, inputPath });
  if (cues.length === 0) return 0;
  const language = canonicalLanguage(track.language ?? UNDETERMINED) ?? UNDETERMINED;
  const subtitleId = ulid();
  const bytes = await storeCues(task.objects, { videoId, subtitleId }, cues);
  await deps.subtitles.add({
    ...{ subtitleId, videoId, origin: 'source', generation, sourceTrack: track.extractedTrack, language, kind: kindOf(track) },
    ...{ label: track.title ?? languageName(language), cueCount: cues.length, createdAt: new Date(), removedAt: null },
  });
  return bytes;
}

async function cuesOf(
  deps: ActivityDependencies,
  task: TaskContext,
  { plan, track, inputPath }: { plan: Plan; track: CopiedText; inputPath: string },
): Promise<Cue[]> {
  const outPath = join(task.scratch, `track_${track.extractedTrack}.vtt`);
  try {
    await task.tool({ tool: deps.tools.ffmpeg, args: webVttArgs({ inputPath, track, outPath }) });
  } catch (error) {
    if (!(error instanceof ToolError) || task.signal.aborted) throw error;
    const message = `The subtitles in track ${track.streamIndex} cannot be read; upload them as WebVTT or SubRip.`;
    await deps.videos.addWarning(plan, { code: 'TrackLeftOut', step: 'subtitles', message });
    return [];
  }
  return onTitle(parseTimedText(await readFile(outPath, 'utf8'), 'vtt').cues, plan);
}
