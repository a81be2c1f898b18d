import type { SubtitleFacts } from '../../../temporal/contract/media/plan';
import type { SourceWarning } from '../../../temporal/contract/media/warnings';
import { languageOf, type ProbedContainer } from './probed-container';
import { isTextSubtitle, subtitleStreams } from './source-streams';

/** Subtitles of Blu-rays, DVDs, broadcasts and DivX, which are pictures. */
const BITMAPS = ['hdmv_pgs_subtitle', 'dvd_subtitle', 'dvb_subtitle', 'xsub'];
const TITLE_MAX_CHARS = 80;

/** What is known of the subtitle streams. */
export function subtitleFacts(probe: ProbedContainer): SubtitleFacts[] {
  const streams = subtitleStreams(probe);
  const extracted = streams.filter(isTextSubtitle);
  return streams.map((stream) => ({
    streamIndex: stream.index,
    codec: stream.codec_name ?? '',
    language: languageOf(stream),
    extractedTrack: extracted.includes(stream) ? extracted.indexOf(stream) : null,
    ...(stream.tags['title'] ? { title: stream.tags['title'].slice(0, TITLE_MAX_CHARS) } : {}),
    ...(stream.disposition['forced'] === 1 ? { isForced: true } : {}),
    ...(stream.disposition['hearing_impaired'] === 1 || stream.disposition['captions'] === 1 ? { isCaptions: true } : {}),
  }));
}

/** What users are told about subtitles that cannot become text. */
export function subtitleWarnings(probe: ProbedContainer): SourceWarning[] {
  return subtitleStreams(probe)
    .filter((stream) => !isTextSubtitle(stream))
    .map(({ index, codec_name: codec = 'an unknown format' }) => {
      const reason = BITMAPS.includes(codec) ? 'which are pictures and no text' : 'which this service cannot read';
      const message = `The subtitles in track ${index} are ${codec}, ${reason}; upload them as WebVTT or SubRip.`;
      return { code: 'TrackLeftOut', message, track: index };
    });
}
