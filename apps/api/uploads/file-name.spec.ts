import { isVideoContentType } from './content-type';
import { displayFileName, keyExtension } from './file-name';

it.each([
  ['film.mp4', 'film.mp4', 'mp4'],
  ['../../etc/passwd', 'passwd', 'bin'],
  ['..\\..\\Clip.MOV', 'Clip.MOV', 'mov'],
  ['a\u0000b\n.mkv', 'ab.mkv', 'mkv'],
  ['exe.\u202e4pm', 'exe.4pm', 'bin'],
  ['Ferien 🎬.webm', 'Ferien 🎬.webm', 'webm'],
  ['film.mp4.sh', 'film.mp4.sh', 'bin'],
  ['.mp4', '.mp4', 'mp4'],
])('%j is shown as %j and stored as %j', (filename, shown, extension) => {
  expect(displayFileName(filename)).toBe(shown);
  expect(keyExtension(shown)).toBe(extension);
});

it.each(['', '/', '../', '..', 'a/..', ' ', '\u0007'])('%j is no file name', (filename) => {
  expect(displayFileName(filename)).toBeNull();
});

it.each([
  ['video/mp4', true],
  ['VIDEO/QuickTime', true],
  ['video/webm; codecs="vp9"', true],
  ['application/octet-stream', true],
  ['application/mxf', true],
  ['image/jpeg', false],
  ['text/plain', false],
  ['video/', false],
  ['application/dash+xml', false],
  ['application/vnd.apple.mpegurl', false],
])('%s may be a video: %s', (contentType, expected) => {
  expect(isVideoContentType(contentType)).toBe(expected);
});
