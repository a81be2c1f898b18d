import { PLAYLIST_NAME } from '../../../temporal/contract/object-keys';
import type { Fraction } from '../../../temporal/contract/media/plan';
import { renditionFolder } from '../../../temporal/contract/media/renditions';
import type { RenditionReport, SegmentReport } from '../../../temporal/contract/media/reports';
import { FAMILIES } from '../families/family';
import { audioGroups, CHARACTERISTIC_OF_ROLE, isSelectedByPlayers, trackNames, type AudioGroup } from './audio-groups';
import { measureBandwidth, targetDurationSeconds, type Bandwidth } from './bandwidth';
import { imageStreamInf } from './images';
import { sessionKeyTags } from './key-tags';
import { refuseUndescribed, videoByFamily, type Presentation, type VideoPresentation } from './presentation';
import { SUBTITLES_GROUP, subtitleMedia } from './text-tracks';

/** File name in the folder of a rendition. */
export const IFRAME_PLAYLIST_NAME = 'iframes.m3u8';

/** Playlists with EXT-X-MAP for ordinary segments need version 6; version 7 is what fMP4 players are tested with. */
const HEADER = ['#EXTM3U', '#EXT-X-VERSION:7'];

/**
 * A multivariant playlist (RFC 8216 4.3.4): every video rendition with each audio group and the subtitles, its I-frames, and thumbnails. Players start with the
 * first variant that they can decode, so families stand in the order of `families`, and groups in their own. Throws RangeError for one not among them.
 */
export function masterPlaylist(presentation: Presentation, families = FAMILIES): string {
  refuseUndescribed(presentation);
  const { folderPrefix, frameRate, audio, text } = presentation;
  const byFamily = videoByFamily(presentation, families);
  const video = byFamily.flatMap((one) => one.video);
  const groups = audioGroups(audio);
  const media = [...groups.flatMap((group) => audioMembers(group, folderPrefix)), ...subtitleMedia(text)];
  const sounds = groups.length > 0 ? groups : [null];
  const variants = byFamily.flatMap((family) => sounds.flatMap((group) => family.video.map((one) => ({ one, group }))));
  const streams = variants.flatMap(({ one, group }) => [
    `${streamInf(one, group, frameRate)}${text.length > 0 ? `,SUBTITLES="${SUBTITLES_GROUP}"` : ''}`,
    `${folderPrefix}${renditionFolder(one.rendition.ref)}/${PLAYLIST_NAME}`,
  ]);
  const iframes = (presentation.isUnfinished ? [] : video).map((one) => iframeStreamInf(one, folderPrefix));
  const images = presentation.thumbnails ? ['', imageStreamInf(presentation.thumbnails)] : [];
  const sessionKeys = sessionKeyTags(presentation);
  const head = [...HEADER, '#EXT-X-INDEPENDENT-SEGMENTS', ...(sessionKeys.length > 0 ? ['', ...sessionKeys] : [])];
  return lines([...head, ...(media.length > 0 ? ['', ...media] : []), '', ...streams, '', ...iframes, ...images]);
}

/** The media playlist of a whole rendition, for its own folder (RFC 8216 4.3.3); `keys` are its EXT-X-KEY tags. */
export function mediaPlaylist(rendition: RenditionReport, keys: readonly string[] = []): string {
  const entries = rendition.segments.flatMap((segment) => [extinf(segment, rendition.timescale), segment.name]);
  return lines([...mediaHeader(rendition, []), ...keys, ...entries, '#EXT-X-ENDLIST']);
}

/** The I-frame playlist of a video rendition (RFC 8216 4.3.3.6). Throws RangeError for a segment without key frame. */
export function iframePlaylist(rendition: RenditionReport, keys: readonly string[] = []): string {
  const entries = rendition.segments.flatMap((segment) => {
    const { offset, sizeBytes } = keyFrameOf(segment);
    return [extinf(segment, rendition.timescale), `#EXT-X-BYTERANGE:${sizeBytes}@${offset}`, segment.name];
  });
  return lines([...mediaHeader(rendition, ['#EXT-X-I-FRAMES-ONLY']), ...keys, ...entries, '#EXT-X-ENDLIST']);
}

function mediaHeader(rendition: RenditionReport, kind: readonly string[]): string[] {
  return [
    ...HEADER,
    '#EXT-X-INDEPENDENT-SEGMENTS',
    `#EXT-X-TARGETDURATION:${targetDurationSeconds(rendition.segments, rendition.timescale)}`,
    '#EXT-X-MEDIA-SEQUENCE:1',
    '#EXT-X-PLAYLIST-TYPE:VOD',
    ...kind,
    `#EXT-X-MAP:URI="${rendition.initName}"`,
  ];
}

/** Any one track of the group may play with the picture, so the dearest one counts (RFC 8216 4.3.4.2). */
function streamInf({ rung, rendition }: VideoPresentation, group: AudioGroup | null, frameRate: Fraction): string {
  const audio = group?.members ?? [];
  const own = measureBandwidth(rendition.segments, rendition.timescale);
  const sounds = audio.map((one) => measureBandwidth(one.rendition.segments, one.rendition.timescale));
  const peakBps = own.peakBps + Math.max(0, ...sounds.map((sound) => sound.peakBps));
  const averageBps = own.averageBps + Math.max(0, ...sounds.map((sound) => sound.averageBps));
  const codecs = [rendition.codec, ...new Set(audio.map((one) => one.rendition.codec))].join(',');
  return attributes('#EXT-X-STREAM-INF', [
    ...bandwidthAttributes({ peakBps, averageBps }),
    `CODECS="${codecs}"`,
    `RESOLUTION=${rung.width}x${rung.height}`,
    `FRAME-RATE=${(frameRate.num / frameRate.den).toFixed(3)}`,
    ...videoRange(rung),
    ...(group ? [`AUDIO="${group.id}"`] : []),
    'CLOSED-CAPTIONS=NONE',
  ]);
}

function iframeStreamInf({ rung, rendition }: VideoPresentation, folderPrefix: string): string {
  const keyFrames = rendition.segments.map((segment) => ({
    sizeBytes: keyFrameOf(segment).sizeBytes,
    durationTicks: segment.durationTicks,
  }));
  return attributes('#EXT-X-I-FRAME-STREAM-INF', [
    ...bandwidthAttributes(measureBandwidth(keyFrames, rendition.timescale)),
    `CODECS="${rendition.codec}"`,
    `RESOLUTION=${rung.width}x${rung.height}`,
    ...videoRange(rung),
    `URI="${folderPrefix}${renditionFolder(rendition.ref)}/${IFRAME_PLAYLIST_NAME}"`,
  ]);
}

/** Without the attribute a variant is SDR, and players that do not know its value leave the variant out (RFC 8216bis 4.4.6.2). */
function videoRange({ hdr }: VideoPresentation['rung']): string[] {
  return hdr ? [`VIDEO-RANGE=${hdr.transfer.toUpperCase()}`] : [];
}

function audioMembers({ id, members }: AudioGroup, folderPrefix: string): string[] {
  const names = trackNames(members);
  return members.map(({ audio, rendition }, index) => {
    const characteristic = CHARACTERISTIC_OF_ROLE[audio.role];
    return attributes('#EXT-X-MEDIA', [
      'TYPE=AUDIO',
      `GROUP-ID="${id}"`,
      `NAME="${names[index]}"`,
      ...(audio.language === null ? [] : [`LANGUAGE="${audio.language}"`]),
      `DEFAULT=${index === 0 ? 'YES' : 'NO'}`,
      `AUTOSELECT=${index === 0 || isSelectedByPlayers(audio.role) ? 'YES' : 'NO'}`,
      `CHANNELS="${audio.channels}"`,
      ...(characteristic ? [`CHARACTERISTICS="${characteristic}"`] : []),
      `URI="${folderPrefix}${renditionFolder(rendition.ref)}/${PLAYLIST_NAME}"`,
    ]);
  });
}

function bandwidthAttributes({ peakBps, averageBps }: Bandwidth): string[] {
  return [`BANDWIDTH=${peakBps}`, `AVERAGE-BANDWIDTH=${averageBps}`];
}

function keyFrameOf(segment: SegmentReport): { offset: number; sizeBytes: number } {
  if (!segment.keyFrame) throw new RangeError(`${segment.name} has no key frame`);
  return segment.keyFrame;
}

function extinf(segment: SegmentReport, timescale: number): string {
  return `#EXTINF:${(segment.durationTicks / timescale).toFixed(6)},`;
}

function attributes(tag: string, list: readonly string[]): string {
  return `${tag}:${list.join(',')}`;
}

function lines(list: readonly string[]): string {
  return `${list.join('\n')}\n`;
}
