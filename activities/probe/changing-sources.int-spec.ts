import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChunkPlan, Plan, VideoFacts } from '../../temporal/contract/media/plan';
import { parseFirstLook } from '../../workflows/planning/source/first-look';
import { runTool } from '../media-tools/run-tool';
import { readLuma } from '../test-media/frame-identity';
import { planSource, runChunk, type PipelineRun } from '../test-media/run-pipeline';
import { toolPaths } from '../test-media/tool-paths';

jest.setTimeout(60_000);

const X264 = ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '16', '-bf', '0', '-g', '25'];
const MPEG2 = ['-c:v', 'mpeg2video', '-q:v', '2', '-bf', '0', '-g', '25'];
const X265 = ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=error:bframes=0:keyint=25'];
const FRAMES_OF_A_PART = 40;
/** Size of the pictures that `readLuma` takes. */
const LUMA = { width: 64, height: 36 } as const;

/** What differs from a transport stream that is processed as it is. */
interface Change {
  /** Facts of the picture. */
  replaced?: Partial<VideoFacts>;
  /** What is encoded of the first chunk. */
  stretch?: Partial<ChunkPlan>;
  container?: string;
  /** ffmpeg arguments that make the source of the joined parts. */
  repack?: (joinedPath: string, sourcePath: string) => string[];
}

describe('a source that changes in the middle', () => {
  const { ffmpeg, ...tools } = toolPaths();
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'changing-'));
  });

  afterAll(() => rm(folder, { recursive: true }));

  /** The first chunk of parts joined as a broadcast joins them. Resolves to the path of what came out. */
  async function processed(name: string, parts: readonly string[][], change: Change = {}): Promise<string> {
    const { replaced = {}, stretch = {}, container = 'ts', repack } = change;
    const run: PipelineRun = {
      ...{ tools: { ffmpeg, ...tools }, sourcePath: join(folder, `${name}.${container}`), transcodeSlots: 1 },
      folder: await mkdtemp(join(folder, 'run-')),
    };
    const paths = parts.map((_, part) => join(run.folder, `part${part}.ts`));
    for (const [part, args] of parts.entries()) {
      const clock = ['-output_ts_offset', String(10 + (part * FRAMES_OF_A_PART) / 25)];
      await runTool({
        tool: ffmpeg,
        args: ['-v', 'error', '-y', ...args, '-frames:v', String(FRAMES_OF_A_PART), ...clock, paths[part] ?? ''],
      });
    }
    const joinedPath = repack ? join(run.folder, 'joined.ts') : run.sourcePath;
    const joined = ['-v', 'error', '-y', '-i', `concat:${paths.join('|')}`, '-c', 'copy', '-copyts', joinedPath];
    await runTool({ tool: ffmpeg, args: joined });
    if (repack) await runTool({ tool: ffmpeg, args: ['-v', 'error', '-y', ...repack(joinedPath, run.sourcePath)] });
    const planned = await planSource(run);
    const video = { ...planned.source.video, ...replaced };
    const plan: Plan = { ...planned, source: { ...planned.source, video } };
    await runChunk(run, plan, { ...(plan.chunks[0] as ChunkPlan), ...stretch });
    return join(run.folder, 'chunk_0', `${plan.families[0]?.rungs[0]?.name ?? ''}.mp4`);
  }

  describe.each([
    ['H.264', X264],
    ['MPEG-2', MPEG2],
  ])('from progressive to interlaced, in %s', (codec, video) => {
    const moving = (rate: number) => ['-f', 'lavfi', '-i', `testsrc2=size=176x144:rate=${rate},scroll=horizontal=0.03`];
    const parts = [
      [...moving(25), ...video],
      [...moving(50), '-vf', 'interlace=scan=tff:lowpass=off,setfield=tff', ...video, '-flags', '+ildct+ilme'],
    ];

    /** Frames of the second part whose lines come from two moments. */
    async function combed(path: string): Promise<number> {
      const judge = [`trim=start_frame=${FRAMES_OF_A_PART + 5}`, 'setfield=prog', 'idet'].join(',');
      const { stderrTail } = await runTool({
        tool: ffmpeg,
        args: ['-hide_banner', '-nostats', '-i', path, '-vf', judge, '-f', 'null', '-'],
      });
      const { topFirst, bottomFirst } = parseFirstLook(stderrTail);
      return topFirst + bottomFirst;
    }

    it('is deinterlaced where it is interlaced', async () => {
      expect(await combed(await processed(`lines-${codec}`, parts))).toBeLessThan(3);
    });

    it('would be combed without', async () => {
      expect(await combed(await processed(`combed-${codec}`, parts, { replaced: { interlacing: 'none' } }))).toBeGreaterThan(20);
    });
  });

  /** Share of the columns and of the rows in the middle of a late frame that are light. */
  async function lightShares(path: string): Promise<{ columns: number; rows: number; frames: number }> {
    const pictures = await readLuma({ ffmpeg, path, scratch: folder });
    const late = pictures.at(-5) ?? new Uint8Array();
    const isLight = (x: number, y: number) => (late[y * LUMA.width + x] ?? 0) > 128;
    const columns = Array.from({ length: LUMA.width }, (_, x) => isLight(x, LUMA.height / 2)).filter(Boolean).length;
    const rows = Array.from({ length: LUMA.height }, (_, y) => isLight(LUMA.width / 2, y)).filter(Boolean).length;
    return { columns: columns / LUMA.width, rows: rows / LUMA.height, frames: pictures.length };
  }

  /** A picture of one colour. */
  function plain(colour: string, size: string, filter = 'null'): string[] {
    return ['-f', 'lavfi', '-i', `color=${colour}:size=${size}:rate=25,${filter}`];
  }

  // Pictures without times are coded again, in which the shape of each has to be kept.
  it.each([
    ['avi', X264],
    ['h264', X264],
    ['avi', X265],
    ['hevc', X265],
    ['m2v', MPEG2],
  ])('in shape keeps its shape and gets bars where its pictures have no times: .%s, %j', async (container, video) => {
    const parts = [
      [...plain('gray', '320x180'), ...video],
      [...plain('white', '180x320'), ...video],
    ];
    const repack = (joined: string, source: string) => ['-i', joined, '-c', 'copy', source];
    const path = await processed(`untimed-${video[1] ?? ''}`, parts, { container, repack });
    const { columns, rows, frames } = await lightShares(path);
    expect(frames).toBe(2 * FRAMES_OF_A_PART);
    expect(columns).toBeCloseTo((180 * 180) / 320 / 320, 1);
    expect(rows).toBe(1);
  });

  describe.each([
    ['H.264', X264],
    ['MPEG-2', MPEG2],
  ])('in shape, in %s', (codec, video) => {
    const part = (colour: string, size: string, filter?: string) => [...plain(colour, size, filter), ...video];
    const landscape = part('gray', '320x180');
    it.each([
      ['a phone that is turned', part('white', '180x320'), { columns: (180 * 180) / 320 / 320, rows: 1 }],
      ['a wider picture', part('white', '320x96'), { columns: 1, rows: 96 / 180 }],
      ['a smaller picture of the same shape', part('white', '160x90'), { columns: 1, rows: 1 }],
      ['a picture of the same size with wider pixels', part('white', '320x180', 'setdar=221/100'), { columns: 1, rows: 16 / 9 / 2.21 }],
      ['a picture of the same size with narrower pixels', part('white', '320x180', 'setsar=3/4'), { columns: 3 / 4, rows: 1 }],
      ['a picture of another size and the same shape', part('white', '160x120', 'setsar=4/3'), { columns: 1, rows: 1 }],
    ])('%s keeps its shape and gets bars', async (name, later, wanted) => {
      const { columns, rows, frames } = await lightShares(await processed(`${name}-${codec}`, [landscape, later]));
      expect(frames).toBe(2 * FRAMES_OF_A_PART);
      expect(columns).toBeCloseTo(wanted.columns, 1);
      expect(rows).toBeCloseTo(wanted.rows, 1);
    });

    it.each(['mp4', 'mkv'])('a picture that the container turns keeps its shape and gets bars, in %s', async (container) => {
      const turn = (path: string, turned: string) => ['-display_rotation', '90', '-i', path, '-c', 'copy', turned];
      const path = await processed(`turned-${codec}`, [landscape, part('white', '320x96')], { container, repack: turn });
      const { columns, rows } = await lightShares(path);
      expect(columns).toBeCloseTo(96 / 180, 1);
      expect(rows).toBe(1);
    });

    it('pixels keep their shape in a chunk that begins behind the change', async () => {
      const narrower = part('white', '320x180', 'setsar=3/4');
      const parts = [landscape, narrower, narrower, narrower, narrower];
      const stretch = { startFrame: 150, seekUs: (3 * FRAMES_OF_A_PART + 0.5) * 40_000 };
      const { columns, rows, frames } = await lightShares(await processed(`behind-${codec}`, parts, { stretch }));
      expect(frames).toBe(5 * FRAMES_OF_A_PART - stretch.startFrame);
      expect(columns).toBeCloseTo(3 / 4, 1);
      expect(rows).toBe(1);
    });

    it('would be squeezed without', async () => {
      const facts: Partial<VideoFacts> = { interlacing: 'none' };
      Object.assign(facts, { firstPicture: undefined });
      expect(
        await lightShares(await processed(`squeezed-${codec}`, [landscape, part('white', '180x320')], { replaced: facts })),
      ).toMatchObject({
        ...{ columns: 1, rows: 1 },
      });
    });
  });
});
