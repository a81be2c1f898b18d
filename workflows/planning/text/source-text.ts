import type { Plan, SubtitleFacts } from '../../../temporal/contract/media/plan';
import type { Cue, TextKind } from '../../../temporal/contract/media/text-tracks';
import { AUDIO_COPY_OFFSET_US } from '../source/packet-scan';
import { sourceInput } from '../source/source-input';
import { titleStartUs } from '../timeline/timeline';

/** A text track of the file that the probe copied text tracks into. */
export type CopiedText = SubtitleFacts & { extractedTrack: number };

/** Text tracks of a plan's source, in their order. */
export function copiedText({ source }: Pick<Plan, 'source'>): CopiedText[] {
  return source.subtitles.filter((track): track is CopiedText => track.extractedTrack !== null);
}

/** ffmpeg arguments that write one copied text track as WebVTT, with the times of the copy. */
export function webVttArgs({ inputPath, track, outPath }: { inputPath: string; track: CopiedText; outPath: string }): string[] {
  return [
    ...['-hide_banner', '-nostdin', '-nostats', '-v', 'error', '-y', '-copyts'],
    ...sourceInput(inputPath),
    ...['-map', `0:s:${track.extractedTrack}`, '-map_metadata', '-1', '-c:s', 'webvtt', '-f', 'webvtt', outPath],
  ];
}

/** Cues with the times of the copy, on the title's timeline. What is over before the first picture goes. */
export function onTitle(cues: readonly Cue[], { source }: Pick<Plan, 'source'>): Cue[] {
  const offsetMs = Math.round((titleStartUs(source.video) + AUDIO_COPY_OFFSET_US) / 1000);
  return cues
    .map((cue) => ({ ...cue, startMs: Math.max(0, cue.startMs - offsetMs), endMs: cue.endMs - offsetMs }))
    .filter(({ startMs, endMs }) => endMs > startMs);
}

export function kindOf({ isForced, isCaptions }: SubtitleFacts): TextKind {
  if (isForced) return 'forced';
  return isCaptions ? 'captions' : 'subtitles';
}
