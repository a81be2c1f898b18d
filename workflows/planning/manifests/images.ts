import { sheetCount, type ImageTrack } from '../../../temporal/contract/media/pictures';
import { imagePlaylistPath, spriteName } from '../../../temporal/contract/picture-keys';
import { element, empty } from './xml';

/** Sheets of thumbnails as a manifest names them. */
export interface ImagePresentation extends ImageTrack {
  /** Of the generation's folder as seen from the manifest, such as `g1/`. */
  generationPrefix: string;
}

/** DASH-IF IOP 4.3, 6.2.6: players that do not know tiles leave the set out. */
const THUMBNAIL_TILE = 'http://dashif.org/guidelines/thumbnail_tile';

/** Name of sheets for SegmentTemplate, the pattern of `spriteName`. */
const SHEET_TEMPLATE = 'sprite_$Number%03d$.jpg';

/** The entry of a multivariant playlist (Image Media Playlist 0.4, an extension that players of RFC 8216 skip, as 6.3.1 says). */
export function imageStreamInf(images: ImagePresentation): string {
  const { generationPrefix, folder, width, height } = images;
  const list = [
    `BANDWIDTH=${sheetBandwidth(images)}`,
    `RESOLUTION=${width}x${height}`,
    'CODECS="jpeg"',
    `URI="${generationPrefix}${imagePlaylistPath(folder)}"`,
  ];
  return `#EXT-X-IMAGE-STREAM-INF:${list.join(',')}`;
}

/** The playlist of all sheets, one entry each; it lies at `imagePlaylistPath` and names the sheets from there. */
export function imagePlaylist(images: ImageTrack): string {
  const { folder, width, height, columns, rows, intervalMs, durationMs } = images;
  const sheetMs = sheetDurationMs(images);
  const up = '../'.repeat(imagePlaylistPath(folder).split('/').length - 1);
  const entries = Array.from({ length: sheetCount(images) }, (_, index) => [
    `#EXTINF:${seconds(Math.max(1, Math.min(sheetMs, durationMs - index * sheetMs)))},`,
    `#EXT-X-TILES:RESOLUTION=${width}x${height},LAYOUT=${columns}x${rows},DURATION=${seconds(intervalMs)}`,
    `${up}${folder}/${spriteName(index + 1)}`,
  ]);
  const head = [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    // RFC 8216 4.3.3.1: no rounded EXTINF may exceed it.
    `#EXT-X-TARGETDURATION:${Math.max(1, Math.round(Math.min(sheetMs, durationMs) / 1000))}`,
    '#EXT-X-MEDIA-SEQUENCE:1',
    '#EXT-X-PLAYLIST-TYPE:VOD',
    '#EXT-X-IMAGES-ONLY',
  ];
  return `${[...head, ...entries.flat(), '#EXT-X-ENDLIST'].join('\n')}\n`;
}

/** The AdaptationSet of the sheets (DASH-IF IOP 4.3, 6.2.6). */
export function imageSet(images: ImagePresentation, id: number): string[] {
  const { generationPrefix, folder, width, height, columns, rows } = images;
  const template = {
    media: `${generationPrefix}${folder}/${SHEET_TEMPLATE}`,
    timescale: 1000,
    duration: sheetDurationMs(images),
    startNumber: 1,
  };
  const representation = { id: 'thumbnails', bandwidth: sheetBandwidth(images), width: width * columns, height: height * rows };
  return [
    element('AdaptationSet', { id, contentType: 'image', mimeType: 'image/jpeg' }),
    `  ${empty('SegmentTemplate', template)}`,
    `  ${element('Representation', representation)}`,
    `    ${empty('EssentialProperty', { schemeIdUri: THUMBNAIL_TILE, value: `${columns}x${rows}` })}`,
    '  </Representation>',
    '</AdaptationSet>',
  ];
}

function sheetDurationMs({ columns, rows, intervalMs }: ImageTrack): number {
  return columns * rows * intervalMs;
}

/** Of the largest sheet, in bits per second of the time that it shows. */
function sheetBandwidth(images: ImageTrack): number {
  const shownMs = Math.max(1, Math.min(sheetDurationMs(images), images.durationMs));
  return Math.max(1, Math.ceil((images.largestSheetBytes * 8 * 1000) / shownMs));
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}
