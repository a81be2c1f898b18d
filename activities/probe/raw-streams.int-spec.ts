import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTool } from '../media-tools/run-tool';
import { planSource } from '../test-media/run-pipeline';
import { toolPaths } from '../test-media/tool-paths';

jest.setTimeout(60_000);

describe('a raw stream', () => {
  const tools = toolPaths();
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'raw-'));
  });

  afterAll(() => rm(folder, { recursive: true }));

  // The picture clock of both codecs runs at 30000/1001 Hz.
  it.each(['h261', 'h263'])('is taken with every picture at the rate of its codec: %s', async (codec) => {
    const run = { tools, sourcePath: join(folder, `raw.${codec}`), folder: await mkdtemp(join(folder, 'run-')), transcodeSlots: 1 };
    const picture = ['-f', 'lavfi', '-i', 'testsrc2=size=352x288:rate=30000/1001', '-frames:v', '30', '-c:v', codec];
    await runTool({ tool: tools.ffmpeg, args: ['-v', 'error', ...picture, run.sourcePath] });
    const { video, warnings } = (await planSource(run)).source;
    const { frameCount, frameRate, cadence } = video;
    expect({ frameCount, frameRate, cadence, warnings }).toEqual({
      ...{ frameCount: 30, cadence: 'constant', warnings: [] },
      frameRate: { num: 30_000, den: 1_001 },
    });
  });
});
