import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readClicks } from '../test-media/clicks';
import { joinRendition, planSource, runAudio, type PipelineRun } from '../test-media/run-pipeline';
import { toolPaths } from '../test-media/tool-paths';
import { AAC, AC3, MP2, pieces } from '../test-media/zoo/sound-faults';
import { ZooKit } from '../test-media/zoo/zoo-kit';

jest.setTimeout(60_000);

describe('sound of a transport stream whose sampling rate changes', () => {
  const tools = toolPaths();
  let kit: ZooKit;

  beforeAll(async () => {
    kit = new ZooKit(tools.ffmpeg, await mkdtemp(join(tmpdir(), 'rates-')));
  });

  afterAll(() => rm(kit.folder, { recursive: true }));

  it.each([
    ['AAC', [48_000, 22_050], 20, AAC],
    ['AAC', [44_100, 48_000], 20, AAC],
    ['AAC', [48_000, 32_000], 20, AAC],
    ['AAC', [48_000, 24_000], 20, AAC],
    // The decoder tells a new rate a frame late, which the rest of that PES packet is early by.
    ['MPEG audio', [48_000, 24_000], 25, MP2],
    ['AC-3', [48_000, 32_000], 20, AC3],
  ])('stays with the picture: %s, %o, within %d ms', async (codec, rates, mostMs, made) => {
    const name = `${codec}-${rates.join('-')}.ts`;
    await pieces(name, 'the rate changes twice', { ...made, channels: [2], rates }).make(kit);
    const run: PipelineRun = { tools, sourcePath: kit.path(name), folder: kit.path(`${name}.run`), transcodeSlots: 1 };
    await mkdir(run.folder);
    const { segments } = await runAudio(run, await planSource(run));
    const paths = segments.map((segment) => join(run.folder, 'audio', segment.name));
    const path = await joinRendition(join(run.folder, 'audio', 'init.mp4'), paths, join(run.folder, 'joined.mp4'));
    const { onsetSeconds } = await readClicks({ ffmpeg: tools.ffmpeg, path, scratch: run.folder });
    const heard = onsetSeconds.filter((onset) => onset > 0.5);
    expect(heard.map(Math.round)).toEqual([1, 2, 3, 4, 5]);
    for (const onset of heard) expect(Math.abs(onset - Math.round(onset))).toBeLessThan(mostMs / 1000);
  });
});
