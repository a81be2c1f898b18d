import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SourceFacts } from '../../temporal/contract/media/plan';
import { runTool } from '../media-tools/run-tool';
import { toolPaths } from '../test-media/tool-paths';
import { ZOO } from '../test-media/zoo/zoo';
import { ZooKit } from '../test-media/zoo/zoo-kit';
import { examineSource } from './examine-source';

jest.setTimeout(60_000);

const LIMITS = { durationSeconds: 20, width: 8192, height: 8192, framesPerSecond: 240, streams: 64, sizeBytes: 200e9 };

describe('what is told of the sound of a source', () => {
  const tools = toolPaths();
  let kit: ZooKit;

  beforeAll(async () => {
    kit = new ZooKit(tools.ffmpeg, await mkdtemp(join(tmpdir(), 'sound-')));
  });

  afterAll(() => rm(kit.folder, { recursive: true }));

  async function factsOf(name: string): Promise<SourceFacts> {
    await ZOO.find((source) => source.name === name)?.make(kit);
    return facts(name);
  }

  async function facts(name: string, durationSeconds = LIMITS.durationSeconds): Promise<SourceFacts> {
    const scratch = kit.path(`${name}.scratch`);
    await mkdir(scratch);
    const tool = (run: Parameters<typeof runTool>[0]) => runTool(run);
    return (await examineSource({ tools, tool, scratch, sourceUrl: kit.path(name), sizeBytes: 1, limits: { ...LIMITS, durationSeconds } }))
      .facts;
  }

  it.each([
    ['layout-changes-aac.ts', []],
    ['lost-opus.mkv', []],
    ['empty-audio.mp4', []],
    ['radio-first.ts', []],
    ['damaged-aac.ts', [{ code: 'AudioDamaged', track: 1 }]],
    ['unknown-codec.mp4', [{ code: 'TrackLeftOut', track: 2 }]],
  ])('warns of %s: %o', async (name, warnings) => {
    expect((await factsOf(name)).warnings).toEqual(warnings.map((warning) => expect.objectContaining(warning)));
  });

  it.each([
    ['languages.mkv', ['de', 'en', 'ja']],
    ['radio-first.ts', [null]],
    ['empty-audio.mp4', []],
    ['unknown-codec.mp4', [null]],
  ])('finds the tracks of %s: %o', async (name, languages) => {
    await rm(kit.path(`${name}.scratch`), { recursive: true, force: true });
    expect((await factsOf(name)).audio.map(({ language }) => language)).toEqual(languages);
  });

  it.each([
    ['ambisonic.mkv', { channels: 2, layout: 'stereo' }],
    ['surround.mp4', { channels: 6, layout: '5.1' }],
    ['telephone.mov', { channels: 1, sampleRateHz: 8000 }],
  ])('describes the track of %s as its decoder does', async (name, described) => {
    expect((await factsOf(name)).audio).toEqual([expect.objectContaining(described)]);
  });

  it('measures when the sound starts and ends, and the title lasts as long', async () => {
    const { audio, durationMs } = await factsOf('audio-late.mp4');
    expect(Math.abs((audio[0]?.startUs ?? 0) - 700_000)).toBeLessThan(25_000);
    expect(Math.abs((audio[0]?.endUs ?? 0) - 6_700_000)).toBeLessThan(25_000);
    expect(durationMs).toBe(6_720);
  });

  it.each([
    [0.06, []],
    [0.3, ['SoundCut']],
    [1.6, ['SoundCut']],
  ])('tells of a broadcast that loses more sound before its first picture than viewers notice: %d s, %o', async (earlySeconds, codes) => {
    const name = `joined-${earlySeconds}.ts`;
    await kit.encode(name, { frames: 25, audioDelaySeconds: -earlySeconds, audioSeconds: earlySeconds + 1 });
    const { warnings, durationMs } = await facts(name);
    expect(warnings?.map(({ code }) => code)).toEqual(codes);
    expect(durationMs).toBe(1_000);
  });

  // Ten seconds of picture with sound of which a tool meets nothing while it reads the header.
  describe.each([
    ['aac.ts', ['-c:v', 'libx264', '-c:a', 'aac']],
    ['ac3.ts', ['-c:v', 'libx264', '-c:a', 'ac3']],
    ['mp2.mpg', ['-c:v', 'mpeg2video', '-c:a', 'mp2']],
  ])('that starts behind the header: %s', (name, codecs) => {
    it('is found where it starts', async () => {
      await makeLateSound(name, { codecs, rate: 25, seconds: 10, lateSeconds: 8 });
      const { audio, video, warnings } = await facts(name);
      expect(audio).toEqual([expect.objectContaining({ channels: 1, sampleRateHz: 48_000 })]);
      expect(Math.abs((audio[0]?.startUs ?? 0) - 8_000_000)).toBeLessThan(25_000);
      expect({ frameCount: video.frameCount, warnings }).toEqual({ frameCount: 250, warnings: [] });
    });
  });

  it.each([
    ['later than any tool looks.ts', 605, 'it starts too late in the file'],
    ['never.ts', 620, 'no sound is found in it'],
  ])('is left out where it starts %s, and the picture is taken', async (name, lateSeconds, reason) => {
    await makeLateSound(name, { codecs: ['-c:v', 'libx264', '-c:a', 'ac3'], rate: 1, seconds: 610, lateSeconds });
    const { audio, video, warnings } = await facts(name, 700);
    expect({ audio, frameCount: video.frameCount, warnings }).toEqual({
      ...{ audio: [], frameCount: 610 },
      warnings: [{ code: 'TrackLeftOut', message: `Audio track 1 was left out: ${reason}.`, track: 1 }],
    });
  });

  async function makeLateSound(
    name: string,
    { codecs, rate, seconds, lateSeconds }: { codecs: string[]; rate: number; seconds: number; lateSeconds: number },
  ): Promise<void> {
    const picture = ['-f', 'lavfi', '-i', `testsrc2=size=64x48:rate=${rate}:duration=${seconds}`];
    const sound = ['-itsoffset', String(lateSeconds), '-f', 'lavfi', '-i', 'sine=sample_rate=48000:duration=5'];
    const sameLength = ['-map', '0', '-map', '1', '-t', String(seconds)];
    await kit.ffmpeg([...picture, ...sound, ...sameLength, '-preset', 'ultrafast', ...codecs, kit.path(name)]);
  }

  it('holds the length of the sound against the limits', async () => {
    await expect(factsOf('one-picture.mkv')).rejects.toMatchObject({ type: 'SourceTooLarge' });
  });
});
