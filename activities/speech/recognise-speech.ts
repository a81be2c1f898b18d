import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ulid } from 'ulid';
import { canonicalLanguage } from '../../infra/timed-text/language-tag';
import { languageName, UNDETERMINED } from '../../temporal/contract/media/language-name';
import type { PlanRef } from '../../temporal/contract/activities';
import { Failure } from '../../temporal/contract/failures';
import type { Plan } from '../../temporal/contract/media/plan';
import type { Transcript } from '../../temporal/contract/media/speech';
import type { RenditionReport } from '../../temporal/contract/media/reports';
import { clearPlace, textKeys } from '../../temporal/contract/object-keys';
import type { TaskResult } from '../../temporal/contract/results';
import { cutSoundArgs, decodeSoundArgs, SOUND_BYTES_PER_SECOND, SOUND_FILES } from '../../workflows/planning/speech/sound-args';
import { parseSilences, soundPieces } from '../../workflows/planning/speech/sound-pieces';
import {
  isUnderstood,
  joinTranscripts,
  NOT_UNDERSTOOD,
  spokenLanguage,
  type SpokenLanguage,
} from '../../workflows/planning/speech/transcripts';
import { speechCues } from '../../workflows/planning/text/speech-cues';
import type { ActivityBinding } from '../activity-binding';
import { joinSegments, largestRangeBytes } from '../renditions/join-segments';
import { loadAudioReport } from '../renditions/report-store';
import { storeCues } from '../renditions/text-store';
import { publishText } from '../subtitles/change-text';
import type { ActivityDependencies } from '../task/activity-dependencies';
import { loadPlan } from '../task/plan-store';
import { runTask, type TaskContext } from '../task/run-task';
import type { SpeechEngine } from '../speech-engines/speech-engine';

/** The name of a track tells viewers that no human has written it. */
const MACHINE_MADE = '(auto)';

/** An operator who reads it knows what to do; a user knows whom to ask. */
const ENGINE_MISSING =
  'There are no subtitles of what is said: the worker has no speech engine. Its operator can set one up with "npm run speech"; retry from the speech step then.';

interface Work {
  plan: Plan;
  task: TaskContext;
  engine: SpeechEngine;
  language: SpokenLanguage;
}

/**
 * Subtitles of what is said in the default audio track, as the finished rendition has it. A language that the engine does not know, and sound that it
 * does not understand, give a warning and no text; silence gives neither. Text that is there, or was and is removed, is not made again. Throws
 * `SpeechEngineMissing`, `SpeechEngineFailed`, `OutputInvalid`, `PlanInvalid` and `ScratchFull`.
 */
export async function recogniseSpeech(deps: ActivityDependencies, ref: PlanRef): Promise<TaskResult> {
  const { videoId, generation } = ref;
  const outputKey = textKeys.allCues(videoId);
  return runTask(deps, { ref: { videoId, generation, taskType: 'speech' }, policy: 'speech' }, async (task) => {
    const plan = await loadPlan(task.objects, ref);
    const none = { result: { bytesOut: 0 }, outputKey, bytesIn: 0, bytesOut: 0 };
    if ((await deps.subtitles.sourceTracks(ref)).includes(streamOf(plan))) return none;
    const engine = deps.speechEngine;
    if (!engine) throw new Failure('SpeechEngineMissing', ENGINE_MISSING);
    const language = spokenLanguage(engine.languages, await languageOf(deps, plan));
    if ('refusal' in language) {
      await leaveOut(deps, plan, language.refusal);
      return none;
    }
    const { transcript, bytesIn } = await listen(deps.tools.ffmpeg, { plan, task, engine, language });
    if (transcript.words.length > 0 && !isUnderstood(transcript)) {
      await leaveOut(deps, plan, NOT_UNDERSTOOD);
      return { ...none, bytesIn };
    }
    const bytesOut = await addTrack(deps, { plan, task, language }, transcript);
    // The title may have been published meanwhile.
    await publishText(deps, ref);
    return { result: { bytesOut }, outputKey, bytesIn, bytesOut };
  });
}

/** What the upload says, else what the track says; null where neither names a language. */
async function languageOf({ videos }: Pick<ActivityDependencies, 'videos'>, { videoId, audio }: Plan): Promise<string | null> {
  const asked = (await videos.find(videoId))?.encoding.speech?.language;
  const language = canonicalLanguage(asked ?? audio[0]?.language ?? UNDETERMINED);
  return language === UNDETERMINED ? null : language;
}

async function leaveOut({ videos }: Pick<ActivityDependencies, 'videos'>, plan: Plan, message: string): Promise<void> {
  await videos.addWarning(plan, { code: 'SpeechLeftOut', step: 'speech', message });
}

async function listen(ffmpeg: string, { plan, task, engine, language }: Work): Promise<{ transcript: Transcript; bytesIn: number }> {
  const rendition = await renditionOf(task, plan);
  const durationMs = Math.round(
    (1000 * rendition.segments.reduce((sum, { durationTicks }) => sum + durationTicks, 0)) / rendition.timescale,
  );
  const range = { firstSegment: 0, endSegment: rendition.segments.length };
  const soundBytes = Math.ceil((durationMs / 1000) * SOUND_BYTES_PER_SECOND);
  // The pieces take as much as the whole at most.
  await task.needs(largestRangeBytes(rendition, [range]) + 2 * soundBytes);
  const path = (name: keyof typeof SOUND_FILES) => join(task.scratch, SOUND_FILES[name]);
  const bytesIn = await joinSegments(task.objects, { place: clearPlace(plan), rendition, range, path: path('rendition') });
  await task.tool({ tool: ffmpeg, args: decodeSoundArgs() });
  const pieces = soundPieces(durationMs, parseSilences(await readFile(path('silences'), 'utf8')));
  const heard = [];
  for (const [index, piece] of pieces.entries()) {
    await task.tool({ tool: ffmpeg, args: cutSoundArgs(piece) });
    heard.push({ piece, transcript: await engine.transcribe({ path: path('piece'), language: language.subtag }, task) });
    task.percent = (100 * (index + 1)) / pieces.length;
  }
  return { transcript: joinTranscripts(heard), bytesIn };
}

/** The rendition of the track that is heard unless a viewer chooses another. */
async function renditionOf({ objects }: TaskContext, plan: Plan): Promise<RenditionReport> {
  const report = await loadAudioReport(objects, plan);
  const [main] = plan.audio;
  const rendition = report?.renditions.find(({ ref }) => ref.family === main?.family && ref.name === main.name);
  if (!rendition) throw new Failure('OutputInvalid', 'The finished sound is gone; retry from the audio step.');
  return rendition;
}

/** The stream of the source that is listened to. Text of a stream is made once in a generation. */
function streamOf({ audio, source }: Plan): number {
  const stream = source.audio[audio[0]?.sourceTrack ?? 0]?.streamIndex;
  if (stream === undefined) throw new Failure('PlanInvalid', 'The recorded plan has no audio.');
  return stream;
}

/** Resolves to the bytes stored: none where nothing is said. */
async function addTrack(
  { subtitles }: Pick<ActivityDependencies, 'subtitles'>,
  { plan, task, language }: Omit<Work, 'engine'>,
  { words }: Transcript,
): Promise<number> {
  const cues = speechCues(words);
  if (cues.length === 0) return 0;
  const { videoId, generation } = plan;
  const subtitleId = ulid();
  const bytes = await storeCues(task.objects, { videoId, subtitleId }, cues);
  await subtitles.add({
    ...{ subtitleId, videoId, origin: 'speech', generation, sourceTrack: streamOf(plan), language: language.tag, kind: 'subtitles' },
    ...{ label: `${languageName(language.tag)} ${MACHINE_MADE}`, cueCount: cues.length, createdAt: new Date(), removedAt: null },
  });
  return bytes;
}

export const speechBinding: ActivityBinding = {
  queue: 'speech',
  bind: (deps) => ({ recogniseSpeech: (ref) => recogniseSpeech(deps, ref) }),
};
