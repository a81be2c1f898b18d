import { mediaType } from './media-type';
import { publishedKey, singleRange } from './object-path';

const ID = '01M7ZF4PXBDQ3QAZSNXTCAQ0H3';

it.each(['manifest.m3u8', 'g1/h264/720p/segment_00001.m4s'])('%s is a published object', (path) => {
  expect(publishedKey(ID, path)).toBe(`${ID}/${path}`);
});

it.each(['../other/manifest.m3u8', 'g1/../../x.mp4', './a.mp4', 'a//b.mp4', '.hidden.jpg', 'a%2e.jpg', 'a\\b.jpg', ''])(
  '%j is none',
  (path) => expect(publishedKey(ID, path)).toBeNull(),
);

it('asks for a known id', () => {
  expect(publishedKey('..', 'manifest.m3u8')).toBeNull();
});

it.each([
  ['bytes=0-99', 'bytes=0-99'],
  ['bytes=5-', 'bytes=5-'],
  ['bytes=-10', 'bytes=-10'],
  ['bytes=0-1,4-5', undefined],
  ['items=0-1', undefined],
  ['bytes=-', undefined],
  [undefined, undefined],
])('of the range %s it takes %s', (header, range) => expect(singleRange(header)).toBe(range));

it.each([
  ['manifest.m3u8', 'application/vnd.apple.mpegurl', 'public, max-age=30'],
  ['manifest.mpd', 'application/dash+xml', 'public, max-age=30'],
  ['g1/h264/720p/segment_00001.m4s', 'video/iso.segment', 'public, max-age=31536000, immutable'],
  ['g1/h264/720p/init.mp4', 'video/mp4', 'public, max-age=31536000, immutable'],
  ['g1/h264/720p/iframes.m3u8', 'application/vnd.apple.mpegurl', 'public, max-age=30'],
  ['g12/audio/aac_128k/init.mp4', 'audio/mp4', 'public, max-age=31536000, immutable'],
  ['g12/audio/aac_128k/segment_00001.m4s', 'audio/mp4', 'public, max-age=31536000, immutable'],
  ['g1/thumbnails/poster.jpg', 'image/jpeg', 'public, max-age=31536000, immutable'],
  ['g1/thumbnails/sprite.vtt', 'text/vtt; charset=utf-8', 'public, max-age=31536000, immutable'],
])('%s is served as %s', (path, contentType, cacheControl) => {
  expect(mediaType(path)).toEqual({ contentType, cacheControl });
});

it.each([
  ...['plan.json', 'manifest', 'x.M3U8', 'a.html', 'g1/quality.json', 'g1/plan.json', 'g1/manifest.m3u8', 'original.mp4'],
  ...['g1/captures/capture_001.jpg', 'g1/h264/720p/other.mp4', 'g1/h264/init.mp4', 'g1/secret/720p/init.mp4', 'h264/720p/init.mp4'],
])('%s is not served', (path) => expect(mediaType(path)).toBeNull());
