import type { ProbedContainer } from './probed-container';
import { isTextSubtitle, subtitleStreams } from './source-streams';

/** Options before the input of a run that copies. Damage in a track makes it worse and is told; it does not make the rest unreadable. */
export const QUIETLY = ['-hide_banner', '-nostdin', '-nostats', '-v', 'error', '-y', '-max_error_rate', '1'];

/** Timed text of MP4 and plain text have no name in Matroska; SubRip says the same. */
export function subtitleCopyArgs(probe: ProbedContainer): string[] {
  return subtitleStreams(probe)
    .filter(isTextSubtitle)
    .flatMap((one, track) => {
      const codec = one.codec_name === 'mov_text' || one.codec_name === 'text' ? 'srt' : 'copy';
      return ['-map', `0:${one.index}`, `-c:s:${track}`, codec];
    });
}
