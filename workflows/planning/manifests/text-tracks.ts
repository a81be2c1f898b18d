import type { TextKind, TextTrack } from '../../../temporal/contract/media/text-tracks';
import { element, empty, textElement } from './xml';

/** A text track of a title. */
export interface TextPresentation {
  track: TextTrack;
  /** As seen from the manifest, such as `g1/subtitles/01JD...`: text is clear, whatever the media is. */
  folder: string;
}

/** Playlist of a text track, in its folder. */
export const TEXT_PLAYLIST_NAME = 'playlist.m3u8';
/** All text of a title in one WebVTT file, in the folder of its track. */
export const WHOLE_TEXT_NAME = 'subtitles.vtt';

/** GROUP-ID of EXT-X-MEDIA, which variants name in SUBTITLES (RFC 8216 4.3.4.2). */
export const SUBTITLES_GROUP = 'subtitles';

/** What captions hold beside speech (RFC 8216 4.3.4.1, CHARACTERISTICS). */
const CAPTIONS = 'public.accessibility.transcribes-spoken-dialog,public.accessibility.describes-music-and-sound';

/** Values of `urn:mpeg:dash:role:2011` (ISO/IEC 23009-1 table 22). */
const ROLES: Record<TextKind, string> = { subtitles: 'subtitle', captions: 'caption', forced: 'forced-subtitle' };

/** Of one cue after the other: manifests name a rate, and text has none. */
const BANDWIDTH_BPS = 1_000;

/**
 * EXT-X-MEDIA of text tracks (RFC 8216 4.3.4.1). None is on unless the viewer or the system asks for its language; forced ones are shown with speech of their
 * own language.
 */
export function subtitleMedia(text: readonly TextPresentation[]): string[] {
  const names = distinctNames(text);
  const chosen = new Set<string>();
  return text.map(({ track: { language, kind }, folder }, index) => {
    // Among those that a player may choose by itself, language and characteristics differ (4.3.4.1.1).
    const purpose = `${language} ${kind}`;
    const isFirst = !chosen.has(purpose);
    chosen.add(purpose);
    const attributes = [
      'TYPE=SUBTITLES',
      `GROUP-ID="${SUBTITLES_GROUP}"`,
      `NAME="${names[index]}"`,
      `LANGUAGE="${language}"`,
      'DEFAULT=NO',
      `AUTOSELECT=${isFirst ? 'YES' : 'NO'}`,
      `FORCED=${kind === 'forced' ? 'YES' : 'NO'}`,
      ...(kind === 'captions' ? [`CHARACTERISTICS="${CAPTIONS}"`] : []),
      `URI="${folder}/${TEXT_PLAYLIST_NAME}"`,
    ];
    return `#EXT-X-MEDIA:${attributes.join(',')}`;
  });
}

/** An AdaptationSet with a WebVTT file for each text track, which players load as a whole (DASH-IF IOP Part 7, 5.1). */
export function textSets(text: readonly TextPresentation[], firstId: number): string[] {
  return text.flatMap(({ track, folder }, index) => [
    element('AdaptationSet', { id: firstId + index, contentType: 'text', mimeType: 'text/vtt', lang: track.language }),
    `  ${empty('Role', { schemeIdUri: 'urn:mpeg:dash:role:2011', value: ROLES[track.kind] })}`,
    `  ${textElement('Label', track.label)}`,
    `  ${element('Representation', { id: `text-${track.subtitleId}`, bandwidth: BANDWIDTH_BPS })}`,
    `    ${textElement('BaseURL', `${folder}/${WHOLE_TEXT_NAME}`)}`,
    '  </Representation>',
    '</AdaptationSet>',
  ]);
}

/** Different within the group (RFC 8216 4.3.4.1.1). Quotation marks cannot be in a quoted string (4.2). */
function distinctNames(text: readonly TextPresentation[]): string[] {
  const used = new Set<string>();
  return text.map(({ track }) => {
    const label = track.label.replaceAll('"', "'").replace(/[\r\n]/g, ' ');
    let name = label;
    for (let number = 2; used.has(name); number++) name = `${label} ${number}`;
    used.add(name);
    return name;
  });
}
