import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../infra/stack/setup/project-root';
import type { AudioPlan, Plan } from '../../temporal/contract/media/plan';
import { runTool } from '../media-tools/run-tool';
import { readClicks } from '../test-media/clicks';
import { joinRendition, planSource, runSound } from '../test-media/run-pipeline';
import { toolPaths } from '../test-media/tool-paths';

jest.setTimeout(180_000);

const TARGET_LUFS = -16;
const SECONDS = 8;
const tools = toolPaths();
const MUSIC = join(projectRoot(), 'infra', 'stack', 'media', 'big-buck-bunny-480p.mp4');

/** Pulses of a voice of 120 Hz and its hiss, in syllables and with pauses for breath. */
const SPEECH = 'if(lt(mod(t,3.1),2.4),(0.25*(mod(120*t,1)-0.5)+0.05*(random(0)-0.5))*pow(sin(2*PI*2*t),2),0)';
const CLICK = 'if(lt(mod(t,1),0.02),0.8*sin(2*PI*1000*t),0)';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tracks-'));
});
afterEach(() => rm(folder, { recursive: true }));

interface Made {
  audio: AudioPlan;
  path: string;
}

/** A film with these tracks, each an input of ffmpeg, a filter behind it and output options. */
async function makeTracks(tracks: readonly { input: readonly string[]; filter?: string; output?: readonly string[] }[]) {
  const path = join(folder, 'source.mkv');
  const picture = ['-f', 'lavfi', '-i', `testsrc2=size=160x90:rate=25:duration=${SECONDS}`];
  const options = tracks.flatMap(({ filter = 'anull', output = [] }, track) => [
    ...['-map', `${track + 1}:a`, `-filter:a:${track}`, filter],
    ...output.map((option) => option.replace('#', String(track))),
  ]);
  const args = [...picture, ...tracks.flatMap(({ input }) => input), '-map', '0:v', '-c:v', 'libx264', '-preset', 'ultrafast', ...options];
  await runTool({ tool: tools.ffmpeg, args: ['-v', 'error', '-y', ...args, '-c:a', 'flac', path] });
  return path;
}

async function made(sourcePath: string, loudnessLufs: number | null = TARGET_LUFS): Promise<{ plan: Plan; renditions: Made[] }> {
  const run = { tools, sourcePath, folder, transcodeSlots: 1, sound: { codecs: ['aac', 'opus'], loudnessLufs } as const };
  const plan = await planSource(run);
  const sounds = await runSound(run, plan);
  const renditions = sounds.map(async ({ report, folder: from }, index) => {
    const segments = report.segments.map(({ name }) => join(from, name));
    const path = await joinRendition(join(from, 'init.mp4'), segments, join(folder, `joined_${index}.mp4`));
    return { audio: plan.audio[index] as AudioPlan, path };
  });
  return { plan, renditions: await Promise.all(renditions) };
}

/** As the meter of ffmpeg prints it, and not as the pipeline reads it. */
async function loudnessOf(path: string): Promise<{ lufs: number; dbtp: number }> {
  const { stderrTail } = await runTool({
    tool: tools.ffmpeg,
    args: ['-hide_banner', '-nostats', '-i', path, '-af', 'ebur128=peak=true:framelog=quiet', '-f', 'null', '-'],
  });
  const value = (name: string) => Number(new RegExp(`${name}:\\s+(-?[\\d.]+|-inf)`).exec(stderrTail)?.[1]?.replace('inf', 'Infinity'));
  return { lufs: value('I'), dbtp: value('Peak') };
}

const generated = (expression: string, rateHz = 48_000) => ['-f', 'lavfi', '-i', `aevalsrc='${expression}':s=${rateHz}:d=${SECONDS}`];
const music = ['-ss', '4', '-t', String(SECONDS), '-i', MUSIC];
const STEREO = 'aformat=channel_layouts=stereo';

it('brings every kind of sound to its loudness, whatever its channels and its codec', async () => {
  const { plan, renditions } = await made(
    await makeTracks([
      { input: music, filter: STEREO, output: ['-metadata:s:a:#', 'language=eng', '-disposition:a:#', 'default'] },
      { input: generated(SPEECH), filter: STEREO, output: ['-metadata:s:a:#', 'language=deu'] },
      // A language that is no tag is left out of names and manifests.
      { input: generated('0'), output: ['-metadata:s:a:#', 'language=english', '-disposition:a:#', 'comment'] },
      { input: generated(`0.01*(${SPEECH})`) },
      { input: music, filter: `${STEREO},volume=30dB,aformat=sample_fmts=s16` },
      { input: music, filter: 'aformat=channel_layouts=5.1', output: ['-metadata:s:a:#', 'language=fra'] },
      { input: generated(SPEECH, 44_100) },
      { input: generated(`if(lt(t,3),${SPEECH},0)`) },
    ]),
  );
  expect(plan.audio.map(({ name, channels, sampleRateHz, role }) => [name, channels, sampleRateHz, role])).toEqual([
    ...[
      ['aac_64k', 2, 48_000, 'main'],
      ['opus_48k', 2, 48_000, 'main'],
    ],
    ...[
      ['aac_64k_de', 2, 48_000, 'main'],
      ['opus_48k_de', 2, 48_000, 'main'],
    ],
    ...[
      ['aac_64k_commentary', 1, 48_000, 'commentary'],
      ['opus_48k_commentary', 1, 48_000, 'commentary'],
    ],
    ...[
      ['aac_64k_2', 1, 48_000, 'alternate'],
      ['opus_48k_2', 1, 48_000, 'alternate'],
    ],
    ...[
      ['aac_64k_3', 2, 48_000, 'alternate'],
      ['opus_48k_3', 2, 48_000, 'alternate'],
    ],
    ...[
      ['aac_64k_fr', 2, 48_000, 'main'],
      ['aac_192k_fr', 6, 48_000, 'main'],
      ['opus_48k_fr', 2, 48_000, 'main'],
    ],
    ...[
      ['aac_64k_4', 1, 44_100, 'alternate'],
      ['opus_48k_4', 1, 48_000, 'alternate'],
    ],
    ...[
      ['aac_64k_5', 1, 48_000, 'alternate'],
      ['opus_48k_5', 1, 48_000, 'alternate'],
    ],
  ]);
  const found = [];
  for (const { audio, path } of renditions) found.push({ name: audio.name, role: audio.role, ...(await loudnessOf(path)) });
  const silent = found.filter(({ role }) => role === 'commentary');
  expect(silent.filter(({ lufs }) => lufs > -70)).toEqual([]);
  expect(found.filter((one) => !silent.includes(one) && !(Math.abs(one.lufs - TARGET_LUFS) <= 1 && one.dbtp <= -1))).toEqual([]);
});

it.each([
  ['as it is', null],
  ['with a gain', TARGET_LUFS],
])('keeps the six channels of 5.1 apart, %s', async (_, loudnessLufs) => {
  const channels = [300, 400, 500, 60, 600, 700].map((hertz) => `0.1*sin(2*PI*${hertz}*t)`).join('|');
  const input = ['-f', 'lavfi', '-i', `aevalsrc='${channels}':c=5.1:s=48000:d=4`];
  const { renditions } = await made(await makeTracks([{ input }]), loudnessLufs);
  const [stereo, surround] = ['aac_64k', 'aac_192k'].map((name) => renditions.find(({ audio }) => audio.name === name)?.path ?? '');
  expect((await levelsOf(stereo ?? '')).length).toBe(2);
  const levels = await levelsOf(surround ?? '');
  // Tones of one loudness in, in all channels; the lowest is that of the subwoofer.
  const loudest = Math.max(...levels);
  expect(levels.map((level) => Math.round(loudest - level))).toEqual([0, 0, 0, 0, 0, 0]);
});

/** RMS of each channel, in dB. */
async function levelsOf(path: string): Promise<number[]> {
  const filter = 'astats=measure_overall=none:measure_perchannel=RMS_level';
  const { stderrTail } = await runTool({ tool: tools.ffmpeg, args: ['-hide_banner', '-i', path, '-af', filter, '-f', 'null', '-'] });
  return [...stderrTail.matchAll(/RMS level dB: (\S+)/g)].map(([, level]) => Number(level));
}

it.each(['mkv', 'mov'])('plays samples of PCM that are no numbers as silence, in %s', async (container) => {
  const path = join(folder, `numbers.${container}`);
  const picture = ['-f', 'lavfi', '-i', `testsrc2=size=160x90:rate=25:duration=${SECONDS}`, '-c:v', 'libx264', '-preset', 'ultrafast'];
  const sound = generated(`if(lt(t,1),0/0,if(lt(t,1.5),1/0,0.1*(${SPEECH})))`);
  const args = [...picture.slice(0, 4), ...sound, ...picture.slice(4), '-c:a', 'pcm_f32le', path];
  await runTool({ tool: tools.ffmpeg, args: ['-v', 'error', '-y', ...args] });
  const { renditions } = await made(path, null);
  expect(renditions).toHaveLength(2);
  for (const rendition of renditions) {
    const { lufs, dbtp } = await loudnessOf(rendition.path);
    expect({ isHeard: lufs > -50, isLoud: dbtp > -6 }).toEqual({ isHeard: true, isLoud: false });
  }
});

it('presses down the peaks of sound that is asked to be louder than it can be', async () => {
  const clipped = { input: music, filter: 'volume=40dB,aformat=sample_fmts=s16' };
  const { renditions } = await made(await makeTracks([clipped, { input: generated(CLICK) }]), -10);
  for (const { audio, path } of renditions) {
    const { dbtp } = await loudnessOf(path);
    expect({ name: audio.name, isLimited: dbtp <= -1 }).toEqual({ name: audio.name, isLimited: true });
  }
});

it('keeps every track of several starts in step with the picture, limited or not', async () => {
  const clicks = (delaySeconds: number) => {
    const phase = CLICK.replace('mod(t,1)', `mod(t+${delaySeconds}+10,1)`);
    return ['-itsoffset', String(delaySeconds), ...generated(phase)];
  };
  const { plan, renditions } = await made(
    await makeTracks([
      { input: clicks(0), filter: 'aformat=channel_layouts=5.1' },
      { input: clicks(0.7), filter: STEREO },
      { input: clicks(-0.05), filter: 'volume=-30dB', output: ['-ar:a:#', '44100'] },
    ]),
  );
  expect(plan.source.audio.map(({ startUs }) => Math.round(startUs / 10_000))).toEqual([0, 70, -5]);
  for (const { audio, path } of renditions) {
    const { onsetSeconds, durationSeconds } = await readClicks({ ffmpeg: tools.ffmpeg, path, scratch: folder });
    const off = onsetSeconds.map((seconds) => Math.abs(seconds - Math.round(seconds)));
    expect({ name: audio.name, off: Math.max(...off) < 0.02, count: onsetSeconds.length >= SECONDS - 1 }).toEqual({
      ...{ name: audio.name, off: true, count: true },
    });
    expect(Math.abs(durationSeconds - SECONDS)).toBeLessThan(0.05);
    // Clicks are all peak: the codec overshoots at their edges, and what it gets is limited again.
    const { dbtp } = await loudnessOf(path);
    expect({ name: audio.name, isLimited: dbtp <= -1 }).toEqual({ name: audio.name, isLimited: true });
  }
});
