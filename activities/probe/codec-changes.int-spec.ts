import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../../temporal/contract/failures';
import { LATER_TRACKS } from '../../workflows/planning/source/packets/later-tracks';
import { runTool } from '../media-tools/run-tool';
import { planSource } from '../test-media/run-pipeline';
import { toolPaths } from '../test-media/tool-paths';

jest.setTimeout(60_000);

const CODECS = {
  'H.264': ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '50'],
  HEVC: ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=error'],
  'MPEG-2': ['-c:v', 'mpeg2video', '-q:v', '4'],
  'MPEG-1': ['-c:v', 'mpeg1video', '-q:v', '4'],
} as const;
type Codec = keyof typeof CODECS;

describe('a transport stream of several parts', () => {
  const tools = toolPaths();
  const parts = new Map<Codec, Buffer>();
  let folder: string;
  let partOfOtherTracks: Buffer;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'codecs-'));
    for (const [codec, args] of Object.entries(CODECS) as [Codec, readonly string[]][]) {
      const path = join(folder, `${codec}.ts`);
      const picture = ['-f', 'lavfi', '-i', 'testsrc2=size=128x96:rate=25', '-f', 'lavfi', '-i', 'sine', '-t', '6'];
      await runTool({ tool: tools.ffmpeg, args: ['-v', 'error', ...picture, ...args, '-c:a', 'mp2', path] });
      parts.set(codec, await readFile(path));
    }
    const otherTracks = ['-mpegts_start_pid', '0x300', '-mpegts_pmt_start_pid', '0x1200'];
    const path = join(folder, 'other tracks.ts');
    await runTool({ tool: tools.ffmpeg, args: ['-v', 'error', '-i', join(folder, 'H.264.ts'), '-c', 'copy', ...otherTracks, path] });
    partOfOtherTracks = await readFile(path);
  });

  afterAll(() => rm(folder, { recursive: true }));

  /** Frames of the plan, or why there is none. */
  async function planned(codecs: readonly Codec[]): Promise<number | string> {
    const run = { tools, sourcePath: join(folder, 'joined.ts'), folder: await mkdtemp(join(folder, 'run-')), transcodeSlots: 1 };
    await writeFile(run.sourcePath, Buffer.concat(codecs.map((codec) => parts.get(codec) ?? Buffer.alloc(0))));
    try {
      return (await planSource(run)).source.video.frameCount;
    } catch (error) {
      return error instanceof Failure ? `${error.type}: ${error.message}` : String(error);
    }
  }

  it.each<[Codec[]]>([
    [['H.264', 'H.264', 'MPEG-2']],
    [['MPEG-2', 'MPEG-2', 'H.264']],
    [['MPEG-2', 'H.264']],
    [['H.264', 'HEVC']],
    [['HEVC', 'H.264']],
    [['HEVC', 'MPEG-2', 'HEVC']],
  ])('is refused where the codec of the picture changes: %j', async (codecs) => {
    expect(await planned(codecs)).toBe('SourceUnsupported: The codec of the picture changes in the middle of the file.');
  });

  it.each<[Codec[]]>([[['H.264', 'H.264']], [['MPEG-2', 'MPEG-2']], [['MPEG-1', 'MPEG-2']]])(
    'keeps all its pictures where one decoder reads them: %j',
    async (codecs) => {
      expect(await planned(codecs)).toBe(300);
    },
  );

  it('tells of tracks that begin with a later part', async () => {
    const run = { tools, sourcePath: join(folder, 'tracks.ts'), folder: await mkdtemp(join(folder, 'run-')), transcodeSlots: 1 };
    await writeFile(run.sourcePath, Buffer.concat([parts.get('H.264') ?? Buffer.alloc(0), partOfOtherTracks]));
    const { warnings } = (await planSource(run)).source;
    expect(warnings).toEqual([LATER_TRACKS]);
  });
});
