import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ulid } from 'ulid';
import { canonicalLanguage } from '../../infra/timed-text/language-tag';
import { languageName, UNDETERMINED } from '../../temporal/contract/media/language-name';
import { parseTimedText } from '../../infra/timed-text/parse-timed-text';
import type { PlanRef } from '../../temporal/contract/activities';
import type { TaskResult } from '../../temporal/contract/results';
import type { Plan } from '../../temporal/contract/media/plan';
import type { Cue, TextKind } from '../../temporal/contract/media/text-tracks';
import { pictureSource, segmentsKeys, textKeys } from '../../temporal/contract/object-keys';
import { MIB } from '../../temporal/contract/units';
import {
  captionsArgs,
  copiedText,
  hasCaptions,
  kindOf,
  onTitle,
  webVttArgs,
  withoutDrawings,
  type CopiedText,
} from '../../workflows/planning/text/source-text';
import { ToolError } from '../media-tools/run-tool';
import { storeCues } from '../renditions/text-store';
import type { ActivityDependencies } from '../task/activity-dependencies';
import { loadPlan } from '../task/plan-store';
import { runTask, type TaskContext } from '../task/run-task';
import { publishText } from './change-text';

/** Files of text, one after the other. */
const SCRATCH_BYTES = 64 * MIB;

/** Text that a source has, and how it is read. */
interface SourceText {
  streamIndex: number;
  language: string | null;
  title?: string | undefined;
  kind: TextKind;
  clock: 'copy' | 'source';
  args(outPath: string): string[];
}

/** What one attempt works on. */
interface Work {
  plan: Plan;
  task: TaskContext;
  /** Streams whose text is stored, or was and is removed. */
  known: readonly number[];
}

/**
 * Text tracks of the source as the probe copied them, so the source is not read again; only captions inside its pictures take another decoding.
 * A track that cannot be read is a warning. Those that a caller has removed stay removed. Throws `PlanInvalid` when the plan is gone, and `ScratchFull`.
 */
export async function subtitles(deps: ActivityDependencies, ref: PlanRef): Promise<TaskResult> {
  const { videoId, generation } = ref;
  const inputKey = segmentsKeys.sourceSubtitles(videoId, generation);
  const outputKey = textKeys.allCues(videoId);
  return runTask(deps, { ref: { ...ref, taskType: 'subtitle' }, policy: 'subtitles', inputKey }, async (task) => {
    const plan = await loadPlan(task.objects, ref);
    await task.needs(SCRATCH_BYTES);
    const work = { plan, task, known: await deps.subtitles.sourceTracks(ref) };
    const copied = copiedText(plan);
    let bytesIn = 0;
    let bytesOut = 0;
    const read = async (source: Parameters<typeof deps.sources.use>[0], tracks: (url: string) => SourceText[]) => {
      bytesIn += await deps.sources.use(source, async (session) => {
        for (const text of tracks(session.url)) bytesOut += await addText(deps, work, text);
        return session.bytesRead();
      });
    };
    if (copied.length > 0) await read({ bucket: 'segments', key: inputKey }, (url) => copied.map((track) => copiedTrack(track, url)));
    if (hasCaptions(plan)) await read(pictureSource(plan), (url) => [captionsOf(plan, url)]);
    // The title may have been published meanwhile.
    await publishText(deps, ref);
    return { result: { bytesOut }, outputKey, bytesIn, bytesOut };
  });
}

function copiedTrack(track: CopiedText, inputPath: string): SourceText {
  const { streamIndex, language, title } = track;
  const args = (outPath: string) => webVttArgs({ inputPath, track, outPath });
  return { streamIndex, language, title, kind: kindOf(track), clock: 'copy', args };
}

/** They say no language: they are what is spoken. */
function captionsOf(plan: Plan, url: string): SourceText {
  const { audio, source } = plan;
  const args = (outPath: string) => captionsArgs(plan, { url, outPath });
  return { streamIndex: source.video.streamIndex, language: audio[0]?.language ?? null, kind: 'captions', clock: 'source', args };
}

/** Resolves to the bytes stored. */
async function addText(deps: ActivityDependencies, { plan, task, known }: Work, text: SourceText): Promise<number> {
  if (known.includes(text.streamIndex)) return 0;
  const { videoId, generation } = plan;
  const cues = await cuesOf(deps, { plan, task }, text);
  if (cues.length === 0) return 0;
  const language = canonicalLanguage(text.language ?? UNDETERMINED) ?? UNDETERMINED;
  const subtitleId = ulid();
  const bytes = await storeCues(task.objects, { videoId, subtitleId }, cues);
  await deps.subtitles.add({
    ...{ subtitleId, videoId, origin: 'source', generation, sourceTrack: text.streamIndex, language, kind: text.kind },
    ...{ label: text.title ?? languageName(language), cueCount: cues.length, createdAt: new Date(), removedAt: null },
  });
  return bytes;
}

async function cuesOf(deps: ActivityDependencies, { plan, task }: Omit<Work, 'known'>, text: SourceText): Promise<Cue[]> {
  const outPath = join(task.scratch, `track_${text.streamIndex}.vtt`);
  try {
    await task.tool({ tool: deps.tools.ffmpeg, args: text.args(outPath) });
  } catch (error) {
    if (!(error instanceof ToolError) || task.signal.aborted) throw error;
    const message = `The ${text.kind} in track ${text.streamIndex} cannot be read; upload them as WebVTT or SubRip.`;
    await deps.videos.addWarning(plan, { code: 'TrackLeftOut', step: 'subtitles', message });
    return [];
  }
  return onTitle(withoutDrawings(parseTimedText(await readFile(outPath, 'utf8'), 'vtt').cues), plan, text.clock);
}
