import type { Plan, SubtitleFacts } from '../../../temporal/contract/media/plan';
import type { Cue, TextKind } from '../../../temporal/contract/media/text-tracks';
import { AUDIO_COPY_OFFSET_US } from '../source/packet-scan';
import { captionsInput, sourceInput } from '../source/source-input';
import { titleStartUs } from '../timeline/timeline';

/** A text track of the file that the probe copied text tracks into. */
export type CopiedText = SubtitleFacts & { extractedTrack: number };

/** Text tracks of a plan's source, in their order. */
export function copiedText({ source }: Pick<Plan, 'source'>): CopiedText[] {
  return source.subtitles.filter((track): track is CopiedText => track.extractedTrack !== null);
}

/** Whether the pictures carry captions that the title is to have as text: those that are encoded have none. */
export function hasCaptions({ source }: Pick<Plan, 'source'>): boolean {
  return source.video.hasCaptions === true;
}

const QUIETLY = ['-hide_banner', '-nostdin', '-nostats', '-v', 'error', '-y', '-copyts'];
const asWebVtt = (encoder: 'webvtt' | 'copy') => ['-map_metadata', '-1', '-c:s', encoder, '-f', 'webvtt'];

/** ffmpeg arguments that write one copied text track as WebVTT, with the times of the copy. Decoded, WebVTT would lose its markup and places. */
export function webVttArgs({ inputPath, track, outPath }: { inputPath: string; track: CopiedText; outPath: string }): string[] {
  return [
    ...QUIETLY,
    ...sourceInput(inputPath),
    '-map',
    `0:s:${track.extractedTrack}`,
    ...asWebVtt(track.codec === 'webvtt' ? 'copy' : 'webvtt'),
    outPath,
  ];
}

/** ffmpeg arguments that write the captions inside the pictures as WebVTT, with the times of the source. */
export function captionsArgs({ source }: Pick<Plan, 'source'>, { url, outPath }: { url: string; outPath: string }): string[] {
  const container = source.mezzanine ? 'matroska' : source.container;
  return [...QUIETLY, ...captionsInput({ url, container }), '-map', '0:s', ...asWebVtt('webvtt'), outPath];
}

/** Cues with the times of the copy or of the source itself, on the title's timeline. What is over before the first picture goes. */
export function onTitle(cues: readonly Cue[], { source }: Pick<Plan, 'source'>, clock: 'copy' | 'source'): Cue[] {
  const offsetMs = Math.round((titleStartUs(source.video) + (clock === 'copy' ? AUDIO_COPY_OFFSET_US : 0)) / 1000);
  return cues
    .map((cue) => ({ ...cue, startMs: Math.max(0, cue.startMs - offsetMs), endMs: cue.endMs - offsetMs }))
    .filter(({ startMs, endMs }) => endMs > startMs);
}

/** Drawing commands of SubStation Alpha, which ffmpeg takes for text. */
const DRAWING = /^m(?: -?[\d.]+){2}(?: (?:[mnlbspc]|-?[\d.]+))*$/;

/** Cues without the lines that draw shapes; one that has no other goes. */
export function withoutDrawings(cues: readonly Cue[]): Cue[] {
  const spoken = (text: string) => text.split('\n').filter((line) => !DRAWING.test(line.replace(/<[^<>]*>/g, '').trim()));
  return cues.map((cue) => ({ ...cue, text: spoken(cue.text).join('\n') })).filter(({ text }) => text !== '');
}

export function kindOf({ isForced, isCaptions }: SubtitleFacts): TextKind {
  if (isForced) return 'forced';
  return isCaptions ? 'captions' : 'subtitles';
}
