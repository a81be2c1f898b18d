import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toFailure } from '../../task/activity-failure';
import { toolPaths } from '../tool-paths';
import { judgeOutcome } from './judge';
import { runZooSource } from './run-zoo-source';
import { ZOO } from './zoo';
import { ZooKit } from './zoo-kit';
import { ready, SHORT, type ZooSource } from './zoo-source';

jest.setTimeout(120_000);

describe('the judge of the zoo', () => {
  const tools = toolPaths();
  let kit: ZooKit;

  beforeAll(async () => {
    kit = new ZooKit(tools.ffmpeg, await mkdtemp(join(tmpdir(), 'zoo-')));
  });

  afterAll(() => rm(kit.folder, { recursive: true }));

  /** Nothing when the source ends as it should, else what is wrong. */
  async function faults(source: ZooSource): Promise<string[]> {
    await source.make(kit);
    const folder = kit.path(`${source.name}.run`);
    try {
      const { outcome } = await runZooSource({ tools, sourcePath: kit.path(source.name), folder, transcodeSlots: 3 });
      if (source.expect.ends === 'failed') return [`it is ready and should be ${source.expect.failure}`];
      return await judgeOutcome(tools, outcome, source.expect, folder);
    } catch (error) {
      const { type, message } = toFailure(error, 'SourceUnreadable');
      return source.expect.ends === 'failed' && source.expect.failure === type ? [] : [`${type}: ${message}`];
    }
  }

  it('has its kinds under names of their own', () => {
    expect(new Set(ZOO.map(({ name }) => name)).size).toBe(ZOO.length);
    expect(ZOO.length).toBeGreaterThanOrEqual(100);
  });

  // Every kind goes through the whole service and the same judge in apps/e2e/media/zoo.media-spec.ts.
  it.each(['rotated-90.mp4', 'full-range.mp4', 'audio-late.mp4', 'clock-restarts.flv'])('passes %s', async (name) => {
    expect(await faults(ZOO.find((source) => source.name === name)!)).toEqual([]);
  });

  const encodedAs = (filter: string) => (its: ZooKit) => its.encode('wrong.mp4', { frames: SHORT, filter });

  it.each([
    ['a picture that lies on its side', encodedAs('transpose=clock')],
    ['a mirrored picture', encodedAs('hflip')],
    ['a swapped frame', encodedAs("shuffleframes='0 2 1 3 4'")],
    ['full range that says it is limited', liedAboutRange],
    ['audio that is 50 ms late', lateAudio],
  ])('would not pass %s', async (_, make) => {
    await rm(kit.path('wrong.mp4.run'), { recursive: true, force: true });
    expect(await faults({ name: 'wrong.mp4', about: 'wrong', expect: ready(SHORT), make })).not.toEqual([]);
  });
});

async function liedAboutRange(kit: ZooKit): Promise<void> {
  await kit.encode('full.mp4', { frames: SHORT, filter: 'scale=out_range=pc,format=yuvj420p' });
  await kit.remux('full.mp4', 'wrong.mp4', { output: ['-bsf:v', 'h264_metadata=video_full_range_flag=0'] });
}

async function lateAudio(kit: ZooKit): Promise<void> {
  await kit.encode('in-step.mp4', { frames: SHORT });
  const inputs = ['-i', kit.path('in-step.mp4'), '-itsoffset', '0.05', '-i', kit.path('in-step.mp4')];
  await kit.ffmpeg([...inputs, '-map', '0:v', '-map', '1:a', '-c', 'copy', kit.path('wrong.mp4')]);
}
