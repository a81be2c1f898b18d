import { WebVTTParser } from 'webvtt-parser';
import type { Cue } from '../../temporal/contract/media/text-tracks';
import { webVtt } from '../../workflows/planning/text/web-vtt';
import { cleanCueText } from './clean-cue-text';
import { parseTimedText } from './parse-timed-text';

const cue = (startMs: number, endMs: number, text: string, settings = ''): Cue => ({ startMs, endMs, text, settings });
const vtt = (...lines: string[]) => parseTimedText(['WEBVTT', '', ...lines].join('\n'), 'vtt');
const srt = (...lines: string[]) => parseTimedText(lines.join('\r\n'), 'srt');

it('reads WebVTT with header, comments, styles, ids, settings and both forms of times', () => {
  const text = [
    '\ufeffWEBVTT - a film',
    'Kind: captions',
    '',
    'NOTE made by hand',
    '',
    'STYLE',
    '::cue { color: red }',
    '',
    'first',
    '00:01.000 --> 00:02.500 align:start region:left line:0',
    'One',
    '- two',
    '',
    '100:00:00.000 --> 100:00:00.000',
    '',
  ].join('\r\n');
  const { cues, faults } = parseTimedText(text, 'vtt');
  expect(cues).toEqual([cue(1000, 2500, 'One\n- two', 'align:start line:0')]);
  expect(faults).toEqual([{ line: 14, message: 'A cue has to end after it begins.' }]);
});

it('reads SubRip as it is written by many programs', () => {
  const read = srt(
    '1',
    '00:00:01,000 --> 00:00:02,5  X1:1 X2:2',
    '{\\an8}<font color="red">Tom & <i>Jerry</font>',
    '',
    '2',
    '0:00:03.00 --> 0:00:04.000',
    'a < b <3',
    '',
  );
  expect(read).toEqual({
    cues: [cue(1000, 2500, 'Tom &amp; <i>Jerry</i>', 'line:0'), cue(3000, 4000, 'a &lt; b &lt;3')],
    faults: [],
    warnings: [],
  });
});

it.each([
  ['{\\an8}up', '', 'up', 'line:0'],
  ['{\\an1}<i>left', '', '<i>left</i>', 'align:left'],
  ['<i>{\\b1}{\\an6\\fs20}right</i>', '', '<i>right</i>', 'line:50%,center align:right'],
  ['{\\an2}usual', '', 'usual', ''],
  ['{\\an8}as the file says', 'line:20% align:start', 'as the file says', 'line:20% align:start'],
  ['later {\\an8}than {\\i1}the start', '', 'later than the start', ''],
  ['{\\an10}no place', '', 'no place', ''],
  ['{an8} {braces}', '', '{an8} {braces}', ''],
])('reads overrides of SubStation Alpha in %s', (line, settings, text, expected) => {
  expect(vtt(`00:01.000 --> 00:02.000 ${settings}`, line).cues).toEqual([cue(1000, 2000, text, expected)]);
  if (settings === '') expect(srt('1', '00:00:01,000 --> 00:00:02,000', line).cues).toEqual([cue(1000, 2000, text, expected)]);
});

it.each<[string, ReturnType<typeof vtt>, number, string]>([
  ['a file without its first line', parseTimedText('00:01.000 --> 00:02.000\nx', 'vtt'), 1, 'begin with WEBVTT'],
  ['a header that runs into a cue', parseTimedText('WEBVTT\n00:01.000 --> 00:02.000\nx', 'vtt'), 2, 'blank line'],
  ['text without times', vtt('00:01.000 --> 00:02.000', 'x', '', 'y'), 6, 'line with its times'],
  ['99 seconds', vtt('00:99.000 --> 03:00.000', 'x'), 3, '59 minutes or seconds'],
  ['an end before the start', vtt('id', '00:05.000 --> 00:02.000', 'x'), 4, 'end after it begins'],
  ['a negative time', srt('1', '-00:00:01,000 --> 00:00:02,000', 'x'), 2, 'cannot be negative'],
  ['a comma in WebVTT', vtt('00:00:01,000 --> 00:00:02,000', 'x'), 3, '00:00:01.000 -->'],
  ['nonsense', srt('1', 'soon --> later', 'x'), 2, '00:00:01,000 -->'],
  ['a cue out of order', vtt('00:05.000 --> 00:06.000', 'x', '', '00:01.000 --> 00:02.000', 'y'), 6, 'no earlier than the one before'],
  ['two cues without a blank line', vtt('00:01.000 --> 00:02.000', 'x', '00:03.000 --> 00:04.000', 'y'), 5, 'between two cues'],
  ['a text without end', vtt('00:01.000 --> 00:02.000', 'x'.repeat(2001)), 4, '2000 characters'],
  [
    'a pile of cues',
    srt(...Array.from({ length: 9 }, (_, index) => `${index}\n00:00:01,000 --> 00:00:${index + 12},000\nx\n`)),
    34,
    'overlap',
  ],
  ['no cue', vtt(), 1, 'no cue'],
])('names the line of %s', (_, { faults }, line, words) => {
  expect(faults).toHaveLength(1);
  expect(faults[0]).toEqual({ line, message: expect.stringContaining(words) });
});

it('tells of cues that overlap, and keeps them', () => {
  const { cues, faults, warnings } = vtt('00:01.000 --> 00:03.000', 'x', '', '00:02.000 --> 00:04.000', 'y');
  expect([cues.length, faults, warnings]).toEqual([2, [], [{ line: 6, message: expect.stringContaining('both are shown') }]]);
});

it.each([
  ['Hi <script>alert(1)</script>', 'Hi alert(1)'],
  ['<b>bold <i>both</b> rest</i>', '<b>bold <i>both</i></b> rest'],
  ['<v.loud Bob & "Co">Hi', '<v.loud Bob &amp; "Co">Hi</v>'],
  ['<c.red.x onclick=1>a</c> &amp; &bogus; &#1234;', '<c.red.x>a</c> &amp; &amp;bogus; &#1234;'],
  ['<lang pt-br>oi</lang> <lang nonsense>x', '<lang pt-BR>oi</lang> x'],
  ['<ruby>漢<rt>kan</rt></ruby> <rt>x', '<ruby>漢<rt>kan</rt></ruby> x'],
  ['<00:01.500>go <99>', '<00:01.500>go'],
  ['a\u0000b\u0007c > d', 'abc &gt; d'],
  ['שלום 👋🏽 مرحبا\u200f!', 'שלום 👋🏽 مرحبا\u200f!'],
  ['<b', '&lt;b'],
])('cleans the markup of %s', (text, expected) => {
  expect(cleanCueText(text, 'vtt')).toBe(expected);
});

it('stands a bomb of tags', () => {
  const bomb = '<b>'.repeat(300_000);
  const started = process.cpuUsage();
  const cleaned = cleanCueText(`${bomb}x${'</b>'.repeat(300_000)}`, 'vtt');
  expect(cleaned).toBe(`${'<b>'.repeat(8)}x${'</b>'.repeat(8)}`);
  for (const text of ['<'.repeat(300_000), '&'.repeat(300_000), '<a'.repeat(300_000), '{\\'.repeat(300_000)]) cleanCueText(text, 'vtt');
  // Not the time of a clock, which others on the machine take, too.
  const { user, system } = process.cpuUsage(started);
  expect((user + system) / 1000).toBeLessThan(3_000);
});

it('makes what the parser of the W3C has nothing to say against', () => {
  const { cues } = vtt(
    '00:01.000 --> 00:02.000 align:start line:10%',
    '<v Bob>Hi <b><script>x & y',
    '',
    '00:03.000 --> 01:00:00.000',
    '<i>a < b',
  );
  const { errors, cues: read } = new WebVTTParser().parse(webVtt(cues), 'subtitles/captions/descriptions');
  expect([errors, read.map(({ startTime, endTime }) => [startTime, endTime])]).toEqual([
    [],
    [
      [1, 2],
      [3, 3600],
    ],
  ]);
});
