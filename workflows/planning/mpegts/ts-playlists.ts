import { PLAYLIST_NAME } from '../../../temporal/contract/object-keys';
import type { TsRendition, TsSource } from './ts-title';
import { measureBandwidth, targetDurationSeconds } from '../manifests/bandwidth';

/** Durations with decimals are the newest thing in these playlists (RFC 8216 7). */
const HEADER = ['#EXTM3U', '#EXT-X-VERSION:3', '#EXT-X-INDEPENDENT-SEGMENTS'];

/** The multivariant playlist of muxed MPEG-TS renditions, for the folder of the video (RFC 8216 4.3.4). `folderPrefix` is that of the generation. */
export function tsMasterPlaylist(source: TsSource, renditions: readonly TsRendition[], folderPrefix: string): string {
  const { frameRate, audio } = source;
  const streams = renditions.flatMap(({ video: { rung, rendition }, segments }) => {
    const { peakBps, averageBps } = measureBandwidth(segments, rendition.timescale);
    const attributes = [
      ...[`BANDWIDTH=${peakBps}`, `AVERAGE-BANDWIDTH=${averageBps}`],
      `CODECS="${[rendition.codec, ...(audio ? [audio.rendition.codec] : [])].join(',')}"`,
      ...[`RESOLUTION=${rung.width}x${rung.height}`, `FRAME-RATE=${(frameRate.num / frameRate.den).toFixed(3)}`],
      'CLOSED-CAPTIONS=NONE',
    ];
    return [`#EXT-X-STREAM-INF:${attributes.join(',')}`, `${folderPrefix}ts/${rendition.ref.name}/${PLAYLIST_NAME}`];
  });
  return lines([...HEADER, '', ...streams]);
}

/** The media playlist of a rung, for its own folder (RFC 8216 4.3.3). */
export function tsMediaPlaylist({ video, segments }: TsRendition): string {
  const { timescale } = video.rendition;
  return lines([
    ...HEADER,
    `#EXT-X-TARGETDURATION:${targetDurationSeconds(segments, timescale)}`,
    '#EXT-X-MEDIA-SEQUENCE:1',
    '#EXT-X-PLAYLIST-TYPE:VOD',
    ...segments.flatMap(({ name, durationTicks }) => [`#EXTINF:${(durationTicks / timescale).toFixed(6)},`, name]),
    '#EXT-X-ENDLIST',
  ]);
}

function lines(list: readonly string[]): string {
  return `${list.join('\n')}\n`;
}
