import { namesClearMedia, referencedGenerations } from './referenced-generations';

const HLS =
  '#EXTM3U\n#EXT-X-MEDIA:TYPE=AUDIO,URI="g3/audio/aac_128k/playlist.m3u8"\n#EXT-X-STREAM-INF:BANDWIDTH=1\ng3/h264/480p/playlist.m3u8\n';

it.each<[string, string, number[]]>([
  ['a multivariant playlist', HLS, [3]],
  ['an MPD', '<SegmentTemplate initialization="g12/h264/480p/init.mp4" media="g12/h264/480p/segment_$Number%05d$.m4s">', [12]],
  ['the path of a poster', '/stream/01ABC/g2/thumbnails/poster.jpg', [2]],
  ['a mix', `${HLS}\ng2/h264/480p/playlist.m3u8`, [2, 3]],
  ['no manifest', '#EXTM3U\nslug3/h264/playlist.m3u8', []],
])('finds the generations in %s', (_, text, generations) => {
  expect(referencedGenerations(text)).toEqual(generations);
});

it('takes no letters of key signalling for a path', () => {
  const key =
    '#EXT-X-KEY:METHOD=SAMPLE-AES,URI="data:text/plain;base64,AAAA/g7/BBBB"\n<cenc:pssh>AA/g8/BB</cenc:pssh><mspr:pro>/g9/</mspr:pro>\n';
  expect(referencedGenerations(`${key}g2/drm/cbcs/h264/720p/playlist.m3u8\n`)).toEqual([2]);
  expect(namesClearMedia(`${key}g2/drm/cbcs/h264/720p/playlist.m3u8\n`)).toBe(false);
  expect(namesClearMedia(`${key}g2/h264/720p/playlist.m3u8\n`)).toBe(true);
  const text = '<BaseURL>g2/subtitles/01M7ZF4PXBDQ3QAZSNXTCAQ0H4/subtitles.vtt</BaseURL>';
  expect([namesClearMedia(text), namesClearMedia(text.replace('subtitles/', 'audio/'))]).toEqual([false, true]);
  expect(referencedGenerations(text)).toEqual([2]);
  expect(namesClearMedia('<SegmentTemplate initialization="g2/audio/aac_64k/init.mp4"/>')).toBe(true);
});
