import type { ProbedContainer } from './probed-container';
import { audioCopyCodec, audioStreams, isTextSubtitle, subtitleStreams } from './source-streams';

/** Options before the input of a run that copies. */
export const QUIETLY = ['-hide_banner', '-nostdin', '-nostats', '-v', 'error', '-y'];

/** Output options that copy the audio tracks, or keep them without loss where Matroska does not hold them. */
export function audioCopyArgs(probe: ProbedContainer): string[] {
  return audioStreams(probe).flatMap((one, track) => ['-map', `0:${one.index}`, `-c:a:${track}`, audioCopyCodec(one)]);
}

/** Timed text of MP4 and plain text have no name in Matroska; SubRip says the same. */
export function subtitleCopyArgs(probe: ProbedContainer): string[] {
  return subtitleStreams(probe)
    .filter(isTextSubtitle)
    .flatMap((one, track) => {
      const codec = one.codec_name === 'mov_text' || one.codec_name === 'text' ? 'srt' : 'copy';
      return ['-map', `0:${one.index}`, `-c:s:${track}`, codec];
    });
}
