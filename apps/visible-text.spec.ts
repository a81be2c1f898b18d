import { visibleJson, visibleText } from './visible-text';

const TRICKY = 'a\u001b[31m\n\u009b2J\u007f\u202egpj.exe\u2028';

it.each([
  ['escape sequences', '\u001b]0;title\u0007', '\\u001b]0;title\\u0007'],
  ['lines', 'a\r\nsprocket: done', 'a\\u000d\\u000asprocket: done'],
  ['controls of C1', '\u009b2J', '\\u009b2J'],
  ['other directions', 'a\u202egpj.exe\u2069', 'a\\u202egpj.exe\\u2069'],
])('writes %s as what they are', (_what, text, shown) => {
  expect(visibleText(text)).toBe(shown);
});

it.each(['Ferien – été 夏休み 🎬.mp4', 'חופש.mp4', 'C:\\films\\a b.mov'])('leaves %s alone', (text) => {
  expect(visibleText(text)).toBe(text);
});

it('gives JSON of the same value', () => {
  const json = visibleJson({ title: TRICKY });
  expect(json).toMatch(/^[\x20-\x7e]+$/);
  expect(JSON.parse(json)).toEqual({ title: TRICKY });
});
