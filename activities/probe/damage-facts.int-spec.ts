import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTool } from '../media-tools/run-tool';
import { planSource } from '../test-media/run-pipeline';
import { toolPaths } from '../test-media/tool-paths';
import { loseTsPackets } from '../test-media/zoo/patches';

jest.setTimeout(60_000);

const VIDEO_PID = 0x100;

describe.each([
  ['H.264', ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '250', '-bf', '3']],
  ['H.264 without reordering', ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '25', '-bf', '0']],
  ['MPEG-2', ['-c:v', 'mpeg2video', '-q:v', '3', '-g', '12', '-bf', '2']],
])('what is told of damage to a transport stream in %s', (_, codec) => {
  const tools = toolPaths();
  let folder: string;
  let whole: Buffer;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'damage-'));
    const path = join(folder, 'whole.ts');
    const picture = ['-f', 'lavfi', '-i', 'testsrc2=size=320x180:rate=25', '-frames:v', '60'];
    await runTool({ tool: tools.ffmpeg, args: ['-v', 'error', ...picture, ...codec, path] });
    whole = await readFile(path);
  });

  afterAll(() => rm(folder, { recursive: true }));

  async function warnings(bytes: Buffer): Promise<unknown> {
    const sourcePath = join(folder, 'source.ts');
    await writeFile(sourcePath, bytes);
    const run = { tools, sourcePath, transcodeSlots: 1, folder: await mkdtemp(join(folder, 'run-')) };
    return (await planSource(run)).source.warnings;
  }

  it('is nothing where complete files were joined', async () => {
    expect(await warnings(Buffer.concat([whole, whole, whole]))).toEqual([]);
  });

  it('is a warning where packets are lost in the middle', async () => {
    expect(await warnings(loseTsPackets(whole, VIDEO_PID, 90))).toContainEqual(expect.objectContaining({ code: 'SourceDamaged' }));
  });
});
