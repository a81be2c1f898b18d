import { cleanText } from './clean-text';
import { isOtherContentType, storedContentType } from './content-type';
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
  // No media type, so nothing is known: the probe decides.
  ['video/', true],
  ['', true],
  ['film', true],
  ['audio/mp4', true],
  ['application/x-unheard-of', true],
  ['text/html; charset=utf-8', false],
  ['application/json', false],
  ['image/svg+xml', false],
  ['application/dash+xml', false],
  ['application/vnd.apple.mpegurl', false],
])('%s may be a video: %s', (contentType, expected) => {
  expect(isOtherContentType(contentType)).toBe(!expected);
});

it.each([
  ['Video/MP4', 'video/mp4'],
  ['video/webm; codecs="vp9"', 'video/webm'],
  ['video/mp4; title="f\u00fcr"', 'video/mp4'],
  ['video/mp4\r\nX-Amz-Acl: public', 'application/octet-stream'],
  ['video/mp4\u0000', 'application/octet-stream'],
  ['v\u00efdeo/mp4', 'application/octet-stream'],
  ['', 'application/octet-stream'],
])('the content type %j is stored as %j', (contentType, expected) => {
  expect(storedContentType(contentType)).toBe(expected);
});

it.each([
  [' A film\n', 'A film'],
  ['a\u0000b\u202ec', 'abc'],
  ['half \ud83c of it', 'half  of it'],
  ['\ud800', ''],
  ['\u{1f3ac}'.repeat(400), '\u{1f3ac}'.repeat(300)],
])('the text %# is cleaned', (text, expected) => {
  expect(cleanText(text, 300)).toBe(expected);
});
