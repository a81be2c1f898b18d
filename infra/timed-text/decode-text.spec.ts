import { decodeText } from './decode-text';
import { canonicalLanguage, knownLanguage } from './language-tag';

const utf16 = (text: string, swap: boolean) => {
  const bytes = Buffer.from(text, 'utf16le');
  return swap ? bytes.swap16() : bytes;
};

it.each([
  ['utf-8', Buffer.from('Größe 👋 שלום')],
  ['utf-8', Buffer.from('\ufeffGröße 👋 שלום')],
  ['utf-16le', utf16('\ufeffGröße 👋 שלום', false)],
  ['utf-16be', utf16('\ufeffGröße 👋 שלום', true)],
  ['utf-16le', utf16('Größe 👋 שלום', false)],
  ['utf-16be', utf16('Größe 👋 שלום', true)],
])('reads %s', (encoding, bytes) => {
  expect(decodeText(bytes)).toEqual({ text: 'Größe 👋 שלום', encoding });
});

it('takes bytes that are no UTF-8 as Windows-1252, unless they are no text', () => {
  expect(decodeText(Buffer.from([0x80, 0x20, 0xfc]))).toEqual({ text: '€ ü', encoding: 'windows-1252' });
  expect(decodeText(Buffer.from([0x81, 0xfc, 0xff]))).toBeNull();
  expect(decodeText(Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'))).toBeNull();
});

it.each([
  ['en', 'en'],
  ['PT-br', 'pt-BR'],
  ['ger', 'de'],
  ['eng', 'en'],
  ['zh-hant-tw', 'zh-Hant-TW'],
  ['es-419', 'es-419'],
  ['de-1996', 'de-1996'],
  ['und', 'und'],
  ['qaa', 'qaa'],
  ['en-x-loud', 'en-x-loud'],
  ['xx', null],
  ['en-XX', null],
  ['english', null],
  ['en_US', null],
  ['', null],
  ['constructor', null],
])('the language tag %s is %s', (tag, canonical) => {
  expect(canonicalLanguage(tag)).toBe(canonical);
});

it.each([
  ['deu', 'de'],
  ['english', null],
  ['xx', null],
  ['und', null],
  [null, null],
])('knows of the track of a source in %s: %s', (tag, language) => {
  expect(knownLanguage(tag)).toBe(language);
});
