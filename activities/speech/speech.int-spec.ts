import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlanRef } from '../../temporal/contract/activities';
import type { EncodingRequest } from '../../temporal/contract/media/encoding';
import type { CueFile } from '../../temporal/contract/media/text-tracks';
import type { Transcript } from '../../temporal/contract/media/speech';
import { textKeys } from '../../temporal/contract/object-keys';
import { walkOf } from '../../temporal/contract/pipeline';
import { audio } from '../audio/audio';
import { runTool } from '../media-tools/run-tool';
import { probe } from '../probe/probe';
import { split } from '../split/split';
import { openActivityStand, type ActivityStand } from '../test-media/activity-stand';
import { AUSTEN } from '../test-media/speech/austen';
import { recogniseSpeech } from './recognise-speech';

jest.setTimeout(120_000);

const ENCODING: EncodingRequest = { isStrict: false, families: {}, speech: {} };
/** Two sentences, which begin a second after the picture. */
const SOUND = { seconds: 10.2, delayMs: 1_000 };

let stand: ActivityStand;
let spoken: PlanRef;

/** A title with finished sound. */
beforeAll(async () => {
  stand = await openActivityStand();
  const path = join(stand.folder, 'spoken.mkv');
  const picture = ['-f', 'lavfi', '-i', 'testsrc2=size=320x180:rate=25:duration=12'];
  const sound = ['-t', String(SOUND.seconds), '-i', AUSTEN.path, '-af', `adelay=${SOUND.delayMs}:all=1`, '-c:a', 'aac'];
  const about = ['-c:v', 'libx264', '-preset', 'ultrafast', '-metadata:s:a:0', 'language=eng'];
  await runTool({ tool: stand.deps.tools.ffmpeg, args: ['-v', 'error', '-y', ...picture, ...sound, ...about, path] });
  const run = { videoId: await stand.addVideo({ encoding: ENCODING }, await readFile(path)), generation: 1 };
  await stand.run(probe, run);
  const { planSha256 } = await stand.run(split, { ...run, walk: walkOf(ENCODING) });
  spoken = { ...run, planSha256 };
  await stand.run(audio, { ...spoken, redo: false });
});
afterAll(() => stand.close());

/** Hears what it is told to, in languages that it is told to know. */
function engineThatHears(transcript: Transcript) {
  return { speechEngine: { languages: ['en'], transcribe: () => Promise.resolve(transcript) } };
}

const NOTHING: Transcript = { words: [], averageLogProbability: null };
const offered = (ref: PlanRef) => stand.deps.subtitles.offered(ref);
const warnings = async ({ videoId }: PlanRef) => (await stand.deps.videos.find(videoId))?.warnings ?? [];

it('hears nothing in sound without speech, and says nothing of it', async () => {
  await stand.run(recogniseSpeech, spoken, engineThatHears(NOTHING));
  expect([await offered(spoken), await warnings(spoken)]).toEqual([[], []]);
});

it('stores no words that the engine is not sure of, and says so', async () => {
  const words = [{ text: 'nonsense', startMs: 0, endMs: 900 }];
  await stand.run(recogniseSpeech, spoken, engineThatHears({ words, averageLogProbability: -1.1 }));
  expect(await offered(spoken)).toEqual([]);
  expect(await warnings(spoken)).toMatchObject([
    { code: 'SpeechLeftOut', step: 'speech', message: expect.stringContaining('not understood') },
  ]);
});

it('does not listen to a language that the engine does not know', async () => {
  await stand.setRow(spoken.videoId, { encoding: { ...ENCODING, speech: { language: 'pt-BR' } } });
  const words = [{ text: 'invented', startMs: 0, endMs: 900 }];
  await stand.run(recogniseSpeech, spoken, engineThatHears({ words, averageLogProbability: -0.1 }));
  expect(await offered(spoken)).toEqual([]);
  expect((await warnings(spoken)).at(-1)).toMatchObject({ code: 'SpeechLeftOut', message: expect.stringContaining('language pt-BR') });
  await stand.setRow(spoken.videoId, { encoding: ENCODING });
});

it('tells the operator of a worker without an engine what to do', async () => {
  await expect(stand.run(recogniseSpeech, spoken, { speechEngine: null })).rejects.toMatchObject({
    type: 'SpeechEngineMissing',
    nonRetryable: true,
    message: expect.stringContaining('npm run speech'),
  });
});

it('makes a text track of what is said, at its time on the title, and once', async () => {
  await stand.run(recogniseSpeech, spoken);
  await stand.run(recogniseSpeech, spoken);
  const tracks = await offered(spoken);
  expect(tracks).toMatchObject([{ language: 'en', label: 'English (auto)', kind: 'subtitles', origin: 'speech' }]);
  const file = await stand.deps.objects.getJson<CueFile>('transcoded', textKeys.cues(spoken.videoId, tracks[0]!.subtitleId));
  const cues = file?.cues ?? [];
  const text = cues.map((cue) => cue.text.replaceAll('\n', ' ')).join(' ');
  expect(text).toMatch(
    /^And Mr\.? John Dashwood had then leisure to consider how much .* to do for them\. He was not an ill-disposed young man/,
  );
  expect(Math.abs(cues[0]!.startMs - SOUND.delayMs)).toBeLessThan(500);
  // The second sentence begins after 7.3 seconds of the reading.
  const second = cues.find((cue) => cue.text.startsWith('He was'));
  expect(Math.abs(second!.startMs - SOUND.delayMs - 7_300)).toBeLessThan(500);
});

it('keeps a removed track removed', async () => {
  const [track] = await offered(spoken);
  await stand.deps.subtitles.remove(track!);
  await stand.run(recogniseSpeech, spoken);
  expect(await offered(spoken)).toEqual([]);
});
