import { cutSoundArgs, decodeSoundArgs } from './sound-args';
import { parseSilences, soundPieces } from './sound-pieces';
import { isUnderstood, joinTranscripts, meanLogarithm, spokenLanguage } from './transcripts';

const MINUTE_MS = 60_000;

it('decodes the rendition once, as engines take it', () => {
  expect(decodeSoundArgs().join(' ')).toBe(
    '-hide_banner -nostdin -nostats -v error -y -i rendition.mp4 -map 0:a:0 -af aresample=16000,aformat=sample_fmts=s16:channel_layouts=mono,' +
      'silencedetect=noise=-40dB:duration=0.4,ametadata=mode=print:file=silences.txt -c:a pcm_s16le -f wav sound.wav',
  );
  expect(cutSoundArgs({ startMs: 1_500, endMs: 602_250 }).join(' ')).toContain('-ss 1.500 -t 600.750 -i sound.wav');
});

it('reads where it is silent', () => {
  const text =
    'frame:9    pts:9216    pts_time:0.576\nlavfi.silence_start=-0.01\nframe:20   pts:20480   pts_time:1.28\n' +
    'lavfi.silence_end=1.25\nlavfi.silence_duration=1.26\nframe:90   pts:92160   pts_time:5.76\nlavfi.silence_start=5.5\n';
  expect(parseSilences(text)).toEqual([{ startMs: 0, endMs: 1_250 }]);
});

it('cuts long sound in its longest pause, and somewhere where there is none', () => {
  const pause = (startMs: number, lengthMs: number) => ({ startMs, endMs: startMs + lengthMs });
  const ends = (...silences: { startMs: number; endMs: number }[]) =>
    soundPieces(8 * MINUTE_MS, silences).map(({ startMs, endMs }) => [startMs / MINUTE_MS, endMs / MINUTE_MS]);
  expect(soundPieces(3 * MINUTE_MS, [pause(2 * MINUTE_MS, 900)])).toEqual([{ startMs: 0, endMs: 3 * MINUTE_MS }]);
  expect(ends()).toEqual([
    [0, 3],
    [3, 6],
    [6, 8],
  ]);
  // The first one comes too early, and the third is shorter than the second.
  expect(ends(pause(MINUTE_MS, 20_000), pause(2 * MINUTE_MS, 6_000), pause(2.5 * MINUTE_MS, 3_000))).toEqual([
    [0, 2.05],
    [2.05, 5.05],
    [5.05, 8],
  ]);
});

it('puts what was heard in pieces onto the timeline of the title, and weighs it by words', () => {
  const word = (text: string, startMs: number) => ({ text, startMs, endMs: startMs + 400 });
  const heard = [
    { piece: { startMs: 0, endMs: 1_000 }, transcript: { words: [word('a', 900)], averageLogProbability: -0.1 } },
    { piece: { startMs: 1_000, endMs: 2_000 }, transcript: { words: [], averageLogProbability: null } },
    {
      piece: { startMs: 2_000, endMs: 9_000 },
      transcript: { words: [word('b', 0), word('c', 500), word('d', 1_000)], averageLogProbability: -0.5 },
    },
  ];
  const { words, averageLogProbability } = joinTranscripts(heard);
  expect(words.map(({ text, startMs, endMs }) => [text, startMs, endMs])).toEqual([
    ['a', 900, 1_000],
    ['b', 2_000, 2_400],
    ['c', 2_500, 2_900],
    ['d', 3_000, 3_400],
  ]);
  expect(averageLogProbability).toBeCloseTo(-0.4);
  expect(joinTranscripts([])).toEqual({ words: [], averageLogProbability: null });
});

it('takes no words that are as good as invented', () => {
  const of = (averageLogProbability: number | null) => isUnderstood({ words: [], averageLogProbability });
  expect([of(-0.5), of(-1), of(-1.01), of(null)]).toEqual([true, true, false, true]);
  expect(meanLogarithm([1, Math.exp(-1)])).toBeCloseTo(-0.5);
  expect([meanLogarithm([]), meanLogarithm([0])]).toEqual([null, Math.log(0.001)]);
});

it.each([
  ['en', { tag: 'en', subtag: 'en' }],
  ['en-GB', { tag: 'en-GB', subtag: 'en' }],
  ['enm', { refusal: expect.stringContaining('does not know the language enm; upload subtitles') }],
  ['pt-BR', { refusal: expect.stringContaining('does not know the language pt-BR; upload subtitles') }],
  [null, { refusal: expect.stringContaining('does not say its language; send subtitles_language') }],
])('listens to a track in the language %s, or says why not', (tag, expected) => {
  expect(spokenLanguage(['en'], tag)).toEqual(expected);
});
