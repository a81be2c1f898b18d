import { wordErrorRate, wordsOf } from './word-errors';

it.each([
  ['Mr. Dash, ill-disposed', 'mister dash ill disposed', 0],
  ['one two three four', 'one three four', 0.25],
  ['one two three four', 'one two to three four', 0.25],
  ['one two three four', 'one do three for', 0.5],
  ['one two', '', 1],
])('of %j heard as %j', (said, heard, rate) => {
  expect(wordErrorRate(wordsOf(said), wordsOf(heard))).toBe(rate);
});
