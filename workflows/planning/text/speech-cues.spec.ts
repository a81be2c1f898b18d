import * as fc from 'fast-check';
import type { SpokenWord } from '../../../temporal/contract/media/speech';
import { speechCues } from './speech-cues';

/** Words of 300 ms each, one after the other; `|` is a pause of two seconds. */
function said(text: string): SpokenWord[] {
  let startMs = 0;
  return text.split(' ').flatMap((word) => {
    startMs += word === '|' ? 2_000 : 300;
    return word === '|' ? [] : [{ text: word, startMs: startMs - 300, endMs: startMs }];
  });
}

const shown = (words: readonly SpokenWord[]) => speechCues(words).map(({ startMs, endMs, text }) => [startMs, endMs, text]);

it('has no cue where nothing is said', () => {
  expect(speechCues([])).toEqual([]);
});

it('begins a cue after every pause, and leaves a short one for a second', () => {
  expect(shown(said('No. | I have never been here before.'))).toEqual([
    [0, 1_000, 'No.'],
    [2_300, 4_100, 'I have never been here before.'],
  ]);
});

it('cuts at the end of a sentence, and breaks lines where they are as long as each other', () => {
  const text = 'The river was high that spring and the ferry did not run. So we waited on the other bank until the water fell again.';
  expect(shown(said(text)).map(([, , cue]) => cue)).toEqual([
    'The river was high that spring\nand the ferry did not run.',
    'So we waited on the other bank\nuntil the water fell again.',
  ]);
});

it('cuts what is said without a pause or an end, so that neither lines nor cues are too long', () => {
  const cues = speechCues(said('and on and '.repeat(40).trim()));
  expect(cues.length).toBeGreaterThan(4);
  expect(cues.map(({ text }) => text.replace('\n', ' ')).join(' ')).toBe('and on and '.repeat(40).trim());
});

it('shows signs of markup as text', () => {
  expect(speechCues(said('a<b & c-->d'))[0]?.text).toBe('a&lt;b &amp; c--&gt;d');
});

it.each([
  ['a word that is longer than a line', [{ text: 'x'.repeat(100), startMs: 0, endMs: 900 }], 100],
  ['words that run backwards', [...said('one two three')].reverse(), 11],
  ['a word of a minute', [{ text: 'hm', startMs: 0, endMs: 60_000 }], 2],
])('takes %s', (_what, words, characters) => {
  const cues = speechCues(words);
  expect(cues.map(({ text }) => text.replace(/\s/g, '')).join('')).toHaveLength(characters);
  for (const { startMs, endMs } of cues) expect(endMs - startMs).toBeLessThanOrEqual(7_000);
});

const word = fc.record({
  text: fc.oneof(fc.string({ maxLength: 12 }), fc.stringMatching(/^[a-z]{1,9}[.,?]?$/), fc.string({ unit: 'grapheme', maxLength: 60 })),
  pauseMs: fc.oneof(fc.constant(0), fc.integer({ min: -500, max: 5_000 })),
  lengthMs: fc.integer({ min: 0, max: 9_000 }),
});

it('keeps every word, in lines and cues that can be read, one after the other', () => {
  fc.assert(
    fc.property(fc.array(word, { maxLength: 120 }), (drafts) => {
      let clockMs = 0;
      const words = drafts.map(({ text, pauseMs, lengthMs }) => {
        const startMs = Math.max(0, clockMs + pauseMs);
        clockMs = startMs + lengthMs;
        return { text, startMs, endMs: clockMs };
      });
      const cues = speechCues(words);
      let freeMs = 0;
      for (const { startMs, endMs, text } of cues) {
        const lines = text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&').split('\n');
        expect(lines.length).toBeLessThanOrEqual(2);
        for (const line of lines) expect(Array.from(line).length).toBeLessThanOrEqual(42);
        for (const line of lines) expect(line.trim()).not.toBe('');
        expect(Number.isInteger(startMs) && Number.isInteger(endMs)).toBe(true);
        expect(endMs - startMs).toBeGreaterThanOrEqual(1_000);
        expect(endMs - startMs).toBeLessThanOrEqual(7_000);
        expect(startMs).toBeGreaterThanOrEqual(freeMs);
        expect(text).not.toContain('-->');
        freeMs = endMs;
      }
      const letters = (text: string) => text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]/gu, '');
      const kept = cues.map(({ text }) => letters(text)).join('');
      expect(kept.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')).toBe(
        words.map(({ text }) => letters(text)).join(''),
      );
    }),
    { numRuns: 150 },
  );
});
