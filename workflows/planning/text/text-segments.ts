import type { Cue } from '../../../temporal/contract/media/text-tracks';
import { textSegmentName } from '../../../temporal/contract/object-keys';
import { webVtt } from './web-vtt';

/**
 * How much of a title one segment of text covers. Playlists of subtitles may have another target duration than those of pictures (RFC 8216 6.2.4),
 * so a film needs some hundred small objects and not some thousand.
 */
const SEGMENT_MS = 60_000;

export interface TextSegment {
  name: string;
  durationMs: number;
  /** A WebVTT file. */
  text: string;
}

/** The cues that a title of this length shows: the last ones end with it. */
export function cuesWithin(cues: readonly Cue[], durationMs: number): Cue[] {
  return cues.filter(({ startMs }) => startMs < durationMs).map((cue) => ({ ...cue, endMs: Math.min(cue.endMs, durationMs) }));
}

/**
 * A whole title of text in WebVTT segments (RFC 8216 3.5). A cue is in every segment that it is shown in, always with its whole time on the
 * title's timeline, by which players know it again. Without X-TIMESTAMP-MAP that time counts from the first picture, where the timeline of CMAF begins.
 */
export function textSegments(cues: readonly Cue[], durationMs: number): TextSegment[] {
  return Array.from({ length: Math.ceil(durationMs / SEGMENT_MS) }, (_, index) => {
    const startMs = index * SEGMENT_MS;
    const endMs = Math.min(durationMs, startMs + SEGMENT_MS);
    const shown = cues.filter((cue) => cue.startMs < endMs && cue.endMs > startMs);
    return { name: textSegmentName(index + 1), durationMs: endMs - startMs, text: webVtt(shown) };
  });
}

/** The media playlist of a text track (RFC 8216 4.3.3), for its own folder. */
export function textPlaylist(segments: readonly TextSegment[]): string {
  const longestMs = Math.max(...segments.map(({ durationMs }) => durationMs));
  return [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    `#EXT-X-TARGETDURATION:${Math.max(1, Math.round(longestMs / 1000))}`,
    '#EXT-X-MEDIA-SEQUENCE:1',
    '#EXT-X-PLAYLIST-TYPE:VOD',
    ...segments.flatMap(({ name, durationMs }) => [`#EXTINF:${(durationMs / 1000).toFixed(3)},`, name]),
    '#EXT-X-ENDLIST',
    '',
  ].join('\n');
}
