import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readClicks } from '../test-media/clicks';
import { CLOCK_RESTARTS } from '../../workflows/planning/source/packets/clock-slips';
import { makeBarcodeSource } from '../test-media/make-source';
import type { Plan } from '../../temporal/contract/media/plan';
import { joinRendition, planSource, runAudio, type PipelineRun } from '../test-media/run-pipeline';
import { toolPaths } from '../test-media/tool-paths';
import { shiftPesTimes } from '../test-media/zoo/patches';

jest.setTimeout(60_000);

const [PICTURE, SOUND] = [0x100, 0x101];
const FIVE_SECONDS = 450_000;
const FRAMES = 250;

describe('the clock of a source', () => {
  const tools = toolPaths();
  let folder: string;
  let whole: Buffer;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'slips-'));
    const source = { ffmpeg: tools.ffmpeg, folder, name: 'whole.ts', frameRate: { num: 25, den: 1 }, frameCount: FRAMES };
    // A clock that starts late enough to be set back.
    whole = await readFile(await makeBarcodeSource({ ...source, audioDelaySeconds: 0, outputArgs: ['-output_ts_offset', '20'] }));
  });

  afterAll(() => rm(folder, { recursive: true }));

  it.each([
    ['picture, 5 s ahead', PICTURE, 100, FIVE_SECONDS],
    ['picture, 5 s behind', PICTURE, 100, -FIVE_SECONDS],
    ['sound, 5 s ahead', SOUND, 20, FIVE_SECONDS],
    ['sound, 5 s behind', SOUND, 20, -FIVE_SECONDS],
    ['picture, 15 s ahead', PICTURE, 100, 3 * FIVE_SECONDS],
  ])('with a PES packet at a wrong time is as long as without, and stays in step: %s', async (_, pid, number, ticks) => {
    const shifted = shiftPesTimes(whole, pid, { number, ticks });
    expect(shifted.equals(whole)).toBe(false);
    const sourcePath = join(folder, 'source.ts');
    await writeFile(sourcePath, shifted);
    const run = { tools, sourcePath, transcodeSlots: 1, folder: await mkdtemp(join(folder, 'run-')) };
    const plan = await planSource(run);
    const { frameCount, cadence } = plan.source.video;
    expect({ frameCount, cadence, warnings: plan.source.warnings }).toEqual({ frameCount: FRAMES, cadence: 'constant', warnings: [] });
    const onsetSeconds = await clicksOf(run, plan);
    expect(onsetSeconds.map(Math.round)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    for (const onset of onsetSeconds) expect(Math.abs(onset - Math.round(onset))).toBeLessThan(0.02);
  });

  // The parser holds back a frame of AC-3, which comes behind the first picture of the next part.
  it.each(['aac', 'ac3'])('is joined to another one whose clock starts again: %s', async (codec) => {
    const source = { ffmpeg: tools.ffmpeg, folder, name: `${codec}.ts`, frameRate: { num: 25, den: 1 }, frameCount: FRAMES };
    const part = await readFile(await makeBarcodeSource({ ...source, audioDelaySeconds: 0, outputArgs: ['-c:a', codec] }));
    const sourcePath = join(folder, 'joined.ts');
    await writeFile(sourcePath, Buffer.concat([part, part, part]));
    const run = { tools, sourcePath, transcodeSlots: 1, folder: await mkdtemp(join(folder, 'run-')) };
    const plan = await planSource(run);
    expect(plan.source.warnings).toEqual([]);
    expect(Math.abs(plan.source.video.frameCount - 3 * FRAMES)).toBeLessThanOrEqual(3);
    const onsets = await clicksOf(run, plan);
    const late = onsets.map((onset) => onset - Math.round(onset)).filter((seconds) => Math.abs(seconds) >= 0.02);
    expect(late).toEqual([]);
    expect(onsets.length).toBeGreaterThanOrEqual(29);
  });

  // A muxer begins the picture earlier by the samples with which an encoder of sound begins.
  it.each([
    ['aac', ['-c:a', 'aac']],
    ['aac at 44.1 kHz', ['-c:a', 'aac', '-ar', '44100']],
    ['opus', ['-c:a', 'libopus']],
  ])('of fragments without an edit list is even and in step: %s', async (name, codec) => {
    const fragments = ['-bf', '0', ...codec, '-movflags', 'frag_keyframe+empty_moov+default_base_moof'];
    const source = { ffmpeg: tools.ffmpeg, folder, name: `${name}.mp4`, frameRate: { num: 25, den: 1 }, frameCount: FRAMES / 2 };
    const sourcePath = await makeBarcodeSource({ ...source, audioDelaySeconds: 0, outputArgs: fragments });
    const run = { tools, sourcePath, transcodeSlots: 1, folder: await mkdtemp(join(folder, 'run-')) };
    const plan = await planSource(run);
    const { frameCount, frameRate, cadence } = plan.source.video;
    expect({ frameCount, frameRate, cadence }).toEqual({ frameCount: FRAMES / 2, frameRate: { num: 25, den: 1 }, cadence: 'constant' });
    const onsets = await clicksOf(run, plan);
    expect(onsets.map(Math.round)).toEqual([0, 1, 2, 3, 4]);
    for (const onset of onsets) expect(Math.abs(onset - Math.round(onset))).toBeLessThan(0.0015);
  });

  it('is refused where files of Matroska were joined', async () => {
    const source = {
      ffmpeg: tools.ffmpeg,
      folder,
      name: 'joined.mkv',
      frameRate: { num: 25, den: 1 },
      frameCount: 60,
      audioDelaySeconds: 0,
    };
    const sourcePath = await makeBarcodeSource(source);
    const part = await readFile(sourcePath);
    await writeFile(sourcePath, Buffer.concat([part, part]));
    const run = { tools, sourcePath, transcodeSlots: 1, folder: await mkdtemp(join(folder, 'run-')) };
    await expect(planSource(run)).rejects.toThrow(CLOCK_RESTARTS.message);
  });

  describe('of Ogg', () => {
    const THEORA = ['-c:v', 'libtheora', '-c:a', 'libvorbis'];

    async function ogg(name: string, pictureFilter: string): Promise<PipelineRun> {
      const source = { ffmpeg: tools.ffmpeg, folder, name, frameRate: { num: 25, den: 1 }, frameCount: FRAMES * 1.6, pictureFilter };
      const sourcePath = await makeBarcodeSource({ ...source, audioDelaySeconds: 0, outputArgs: THEORA });
      return { tools, sourcePath, transcodeSlots: 1, folder: await mkdtemp(join(folder, 'run-')) };
    }

    // A difference of ten seconds between picture and sound is a jump of the clock to ffmpeg.
    it('keeps picture and sound in step over a long pause of the picture', async () => {
      const run = await ogg('pause.ogv', "select='lt(n,50)+gt(n,349)'");
      const plan = await planSource(run);
      expect(plan.source.video.frameCount).toBe(FRAMES * 1.6);
      expect((await clicksOf(run, plan)).map((onset) => Math.round(onset * 50) / 50)).toEqual(Array.from({ length: 16 }, (_, at) => at));
    });

    it('is refused where its clock starts again', async () => {
      const run = await ogg('chained.ogv', 'null');
      const part = await readFile(run.sourcePath);
      await writeFile(run.sourcePath, Buffer.concat([part, part]));
      await expect(planSource(run)).rejects.toThrow(CLOCK_RESTARTS.message);
    });
  });

  async function clicksOf(run: PipelineRun, plan: Plan): Promise<number[]> {
    const { segments } = await runAudio(run, plan);
    const paths = segments.map((segment) => join(run.folder, 'audio', segment.name));
    const path = await joinRendition(join(run.folder, 'audio', 'init.mp4'), paths, join(run.folder, 'joined.mp4'));
    return (await readClicks({ ffmpeg: tools.ffmpeg, path, scratch: run.folder })).onsetSeconds;
  }
});
