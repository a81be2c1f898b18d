import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChunkPlan, Plan, VideoRung } from '../../temporal/contract/media/plan';
import type { Watermark } from '../../temporal/contract/media/watermark';
import type { ChunkReport } from '../../temporal/contract/media/reports';
import { drawMark, markFilters, markInputArgs, type DrawnMark } from '../../workflows/planning/encode/watermark/draw-watermark';
import { placeWatermark } from '../../workflows/planning/encode/watermark/place-watermark';
import { unmarkedCells } from '../../workflows/planning/encode/watermark/unmarked-cells';
import { SIGNATURE_SIZE } from '../../workflows/planning/proof/signatures';
import { runTool } from '../media-tools/run-tool';
import { identityFaults, readBarcodes, readPts } from '../test-media/frame-identity';
import { makeMark } from '../test-media/make-mark';
import { makeBarcodeSource } from '../test-media/make-source';
import { chunkFolder, joinRendition, planSource, runChunk, segmentPaths, type PipelineRun } from '../test-media/run-pipeline';
import { toolPaths } from '../test-media/tool-paths';
import { proveFrames } from '../transcode/prove-chunk';

jest.setTimeout(120_000);

const FRAME_RATE = { num: 30000, den: 1001 };
const FRAMES = 700;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'marks-'));
});
afterAll(() => rm(folder, { recursive: true }));

const ffmpeg = (args: readonly string[]) => runTool({ tool: toolPaths().ffmpeg, args });

describe('the chunks of a marked title', () => {
  let run: PipelineRun;
  let plan: Plan;
  let reports: ChunkReport[];

  beforeAll(async () => {
    const source = {
      ffmpeg: toolPaths().ffmpeg,
      folder,
      name: 'source.mp4',
      frameRate: FRAME_RATE,
      frameCount: FRAMES,
      audioDelaySeconds: null,
    };
    const mark = await makeMark(join(folder, 'mark.png'));
    run = { tools: toolPaths(), sourcePath: await makeBarcodeSource(source), folder, transcodeSlots: 3, mark };
    plan = { ...(await planSource(run)), watermark: mark.watermark };
    reports = [];
    for (const chunk of plan.chunks) reports.push(await runChunk(run, plan, chunk));
  });

  const rungs = () => plan.families[0]?.rungs ?? [];
  const lowest = () => rungs().at(-1) as VideoRung;

  it('hold every frame once, in order, with the mark at its place in all of them', async () => {
    expect(plan.chunks.length).toBeGreaterThan(1);
    for (const rung of rungs()) {
      const initPath = join(chunkFolder(run, 0, rung.name), 'init.mp4');
      const path = await joinRendition(initPath, segmentPaths(run, reports, rung.name), join(folder, `${rung.name}.mp4`));
      const input = { ffmpeg: run.tools.ffmpeg, path, scratch: folder };
      expect(identityFaults(await readBarcodes(input), FRAMES)).toEqual([]);
      expect((await readPts(input)).pts).toEqual(Array.from({ length: FRAMES }, (_, frame) => frame * FRAME_RATE.den));
      const levels = await levelsInside(path, placeWatermark(plan.watermark as Watermark, rung));
      expect(levels).toHaveLength(FRAMES);
      expect(Math.min(...levels)).toBeGreaterThan(225);
    }
  });

  it('pass their proof, and fail it when they are a frame late', async () => {
    const chunk = plan.chunks[1] as ChunkPlan;
    expect(await problemOf(run, plan, { chunk, report: reports[1] as ChunkReport })).toBeNull();
    const late = { ...plan, source: { ...plan.source, video: { ...plan.source.video, firstPts: plan.source.video.firstPts - 512 } } };
    const badRun = { ...run, folder: await mkdtemp(join(folder, 'late-')) };
    const report = await runChunk(badRun, late, chunk);
    expect(await problemOf(badRun, plan, { chunk, report })).not.toBeNull();
  });

  it('come out with the same bytes without vector units', async () => {
    const plain: PipelineRun = { ...run, folder: await mkdtemp(join(folder, 'plain-')), encodeAs: (args) => ['-cpuflags', '0', ...args] };
    const chunk = plan.chunks[1] as ChunkPlan;
    const report = await runChunk(plain, plan, chunk);
    for (const { name } of rungs()) {
      const paths = [segmentPaths(run, [reports[1] as ChunkReport], name), segmentPaths(plain, [report], name)];
      const [here, there] = await Promise.all(paths.map((files) => Promise.all(files.map((file) => readFile(file, 'hex')))));
      expect(there).toEqual(here);
    }
  });

  async function problemOf(one: PipelineRun, planned: Plan, { chunk, report }: { chunk: ChunkPlan; report: ChunkReport }) {
    const rung = lowest();
    const rendition = report.renditions.find(({ ref }) => ref.name === rung.name);
    return proveFrames({
      ...{ plan: planned, chunk, scratch: join(one.folder, `chunk_${chunk.index}`), rendition: rendition!, damaged: false },
      ...{ folder: chunkFolder(one, chunk.index, rung.name), maxrateBps: rung.maxrateBps, ffmpeg },
      cells: unmarkedCells(planned.watermark, rung, SIGNATURE_SIZE),
    });
  }
});

describe('the level of a white mark', () => {
  const size = { width: 640, height: 360 };

  it.each<[string, string, number, Partial<Watermark>, VideoRung['hdr'] | undefined]>([
    ['SDR is that of white', 'black', 235, {}, undefined],
    ['SDR is as opaque as was asked for', 'black', 126, { opacity: 0.5 }, undefined],
    // SMPTE ST 2084: 203 cd/m2 are 58.1 % of the signal, and 10,000 are all of it.
    ['PQ is that of diffuse white', 'black', 573, {}, { transfer: 'pq' }],
    // ITU-R BT.2408 table 1
    ['HLG is that of diffuse white', 'black', 721, {}, { transfer: 'hlg' }],
  ])('in %s', async (_, ground, level, change, hdr) => {
    const mark = await makeMark(join(folder, 'level.png'), { position: 'center', ...change });
    const picture = await drawn(mark, ground, hdr);
    expect(Math.abs((picture[180 * 640 + 320] as number) - level)).toBeLessThanOrEqual(hdr ? 3 : 1);
    expect(picture[0]).toBe(hdr ? 64 : 16);
  });

  it('does not darken the edge on white, which the colour of what is transparent would', async () => {
    const picture = await drawn(await makeMark(join(folder, 'edge.png'), { position: 'center' }), 'white', undefined);
    expect(picture.filter((level) => level < 233)).toHaveLength(0);
  });

  /** The luma of one picture of one colour with a mark. */
  async function drawn(mark: DrawnMark, ground: string, hdr: VideoRung['hdr']): Promise<Uint8Array | Uint16Array> {
    const colour = { primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', range: 'limited' };
    const plan = { grid: { frameRate: FRAME_RATE }, source: { video: { ...size, colour, pixelFormat: 'yuv420p' } } } as unknown as Plan;
    const rung = { ...size, ...(hdr ? { hdr } : {}) };
    const format = hdr ? 'yuv420p10le' : 'yuv420p';
    const marks = hdr ? 'setparams=range=limited:colorspace=bt2020nc' : 'setparams=range=limited:colorspace=bt709';
    const graph = [
      ...markFilters(plan, mark, { rungs: [rung], input: 1 }),
      `[0:v]format=${format},${marks},settb=1001/30000,setpts=N${drawMark(mark, rung, 0)},extractplanes=y[v]`,
    ];
    const source = ['-f', 'lavfi', '-i', `color=${ground}:size=${size.width}x${size.height}:rate=30000/1001:duration=0.01`];
    const raw = join(folder, 'drawn.raw');
    await ffmpeg([
      '-v',
      'error',
      '-y',
      ...source,
      ...markInputArgs(mark),
      '-filter_complex',
      graph.join(';'),
      '-map',
      '[v]',
      '-f',
      'rawvideo',
      raw,
    ]);
    const bytes = await readFile(raw);
    return hdr ? new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2) : bytes;
  }
});

/** Mean luma of the middle half of an area, of every frame. */
async function levelsInside(path: string, area: { x: number; y: number; width: number; height: number }): Promise<number[]> {
  const raw = join(folder, 'inside.raw');
  const crop = `crop=${area.width / 2}:${area.height / 2}:${area.x + area.width / 4}:${area.y + area.height / 4}`;
  await ffmpeg([
    '-v',
    'error',
    '-y',
    '-i',
    path,
    '-vf',
    `${crop},scale=1:1:flags=area,format=gray`,
    '-fps_mode',
    'passthrough',
    '-f',
    'rawvideo',
    raw,
  ]);
  return [...(await readFile(raw))];
}
