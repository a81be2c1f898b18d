import { mediaType } from './media-type';
import { resolveRange } from './byte-range';
import { streamObject } from './object-path';

const ID = '01M7ZF4PXBDQ3QAZSNXTCAQ0H3';

it.each(['manifest.m3u8', 'g1/h264/720p/segment_00001.m4s'])('%s is a published object', (path) => {
  expect(streamObject(ID, path)?.key).toBe(`${ID}/${path}`);
  expect(streamObject(ID.toLowerCase(), path)?.key).toBe(`${ID}/${path}`);
});

it.each(['../other/manifest.m3u8', 'g1/../../x.mp4', './a.mp4', 'a//b.mp4', '.hidden.jpg', 'a%2e.jpg', 'a\\b.jpg', ''])(
  '%j is none',
  (path) => expect(streamObject(ID, path)).toBeNull(),
);

it.each(['plan.mp4', 'other/manifest.m3u8', 'g0/a.mp4', 'g1x/a.mp4', 'g1', 'g9999999999/a.mp4'])('%j is of no generation', (path) => {
  expect(streamObject(ID, path)).toBeNull();
});

it('knows the generation of an object, and none of the stable names', () => {
  expect(streamObject(ID, 'g12/h264/720p/init.mp4')?.generation).toBe(12);
  expect(streamObject(ID, 'manifest.mpd')?.generation).toBeNull();
});

it.each([
  ['g3/av1/720p/init.mp4', 'av1', true],
  ['g3/audio/aac_128k/init.mp4', null, true],
  ['g3/drm/cbcs/av1/720p/init.mp4', 'av1', false],
  ['g3/drm/cenc/audio/aac_128k/init.mp4', null, false],
  ['g3/ts/720p/segment_00001.ts', null, true],
  ['g3/thumbnails/poster.jpg', null, false],
  ['manifest.m3u8', null, false],
])('%s is of the family %s; clear media: %s', (path, family, isClearMedia) => {
  expect(streamObject(ID, path)).toMatchObject({ family, isClearMedia });
});

it.each(['..', ID.replace('M', '\u017f'), `${ID}0`, ''])('%j is no id', (id) => {
  expect(streamObject(id, 'manifest.m3u8')).toBeNull();
});

/** RFC 9110 14.1.2, 14.2 and 14.4, of an object of 1000 bytes. */
it.each([
  ['bytes=0-99', { first: 0, last: 99 }],
  ['bytes=5-', { first: 5, last: 999 }],
  ['bytes=-10', { first: 990, last: 999 }],
  ['bytes=-5000', { first: 0, last: 999 }],
  ['bytes=999-99999999999999999999999999', { first: 999, last: 999 }],
  ['bytes=-99999999999999999999999999', { first: 0, last: 999 }],
  ['BYTES=0-0', { first: 0, last: 0 }],
  ['bytes= 0-0 ', { first: 0, last: 0 }],
  ['bytes=1000-', 'unsatisfiable'],
  ['bytes=9223372036854775808-', 'unsatisfiable'],
  ['bytes=99999999999999999999-99999999999999999999', 'unsatisfiable'],
  ['bytes=-0', 'unsatisfiable'],
  ['bytes=5-2', null],
  ['bytes=0-1,4-5', null],
  ['items=0-1', null],
  ['bytes=-', null],
  ['bytes=a-b', null],
  [undefined, null],
])('the range %s of 1000 bytes is %j', (header, range) => expect(resolveRange(header, 1000)).toEqual(range));

it('has no range of an empty object', () => {
  expect(resolveRange('bytes=0-', 0)).toBe('unsatisfiable');
});

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
