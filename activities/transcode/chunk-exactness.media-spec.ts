import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChunkPlan, Fraction, Plan } from '../../temporal/contract/media/plan';
import type { ChunkReport } from '../../temporal/contract/media/reports';
import { fractionText } from '../../workflows/planning/timeline/frame-rate';
import { H264 } from '../../workflows/planning/families/h264';
import { readInit } from '../../workflows/planning/isobmff/isobmff';
import { mergeReports } from '../../workflows/planning/manifests/merge-reports';
import { identityFaults, readBarcodes, readPts } from '../test-media/frame-identity';
import { makeBarcodeSource } from '../test-media/make-source';
import { chunkFolder, joinRendition, planSource, runChunk, segmentPaths, type PipelineRun } from '../test-media/run-pipeline';
import { toolPaths } from '../test-media/tool-paths';
import { runTool } from '../media-tools/run-tool';

const SECONDS = 31;
const RATES: Fraction[] = [
  { num: 24000, den: 1001 },
  { num: 25, den: 1 },
  { num: 30000, den: 1001 },
  { num: 50, den: 1 },
  { num: 60000, den: 1001 },
];

describe.each(RATES.map((rate) => [fractionText(rate), rate] as const))('chunks of a source at %s', (_, frameRate) => {
  const frameCount = Math.round((SECONDS * frameRate.num) / frameRate.den) + 7;
  let run: PipelineRun;
  let plan: Plan;
  let reports: ChunkReport[];

  beforeAll(async () => {
    const tools = toolPaths();
    const folder = await mkdtemp(join(tmpdir(), 'exactness-'));
    const source = { ffmpeg: tools.ffmpeg, folder, name: 'source.mp4', frameRate, frameCount, audioDelaySeconds: null };
    const sourcePath = await makeBarcodeSource(source);
    run = { tools, sourcePath, folder, transcodeSlots: 3 };
    plan = await planSource(run);
    reports = await runChunks(run, plan);
  });

  afterAll(() => rm(run.folder, { recursive: true }));

  it('are planned on the source frame grid', () => {
    expect(plan.source.video).toMatchObject({ frameCount, frameRate, cadence: 'constant' });
    expect(plan.grid.frameCount % plan.grid.framesPerSegment).not.toBe(0);
    expect(plan.chunks.length).toBeGreaterThanOrEqual(3);
  });

  it('hold every frame once, in order, one step apart, in every rendition', async () => {
    const names = plan.families.flatMap(({ rungs }) => rungs.map(({ name }) => name));
    expect(names).toEqual(['270p', '240p']);
    for (const name of names) {
      const path = await joined(run, reports, name);
      const input = { ffmpeg: run.tools.ffmpeg, path, scratch: run.folder };
      expect(identityFaults(await readBarcodes(input), frameCount)).toEqual([]);
      const { timebase, pts } = await readPts(input);
      expect(timebase).toEqual({ num: 1, den: frameRate.num });
      expect(pts).toEqual(Array.from({ length: frameCount }, (__, frame) => frame * frameRate.den));
    }
  });

  it('share their init segments and sample descriptions byte for byte', async () => {
    for (const { name } of plan.families[0]?.rungs ?? []) {
      const inits = await Promise.all(plan.chunks.map(({ index }) => readFile(join(chunkFolder(run, index, name), 'init.mp4'))));
      expect(new Set(inits.map((init) => init.toString('hex'))).size).toBe(1);
      expect(new Set(inits.map((init) => Buffer.from(readInit(init, [H264]).stsd).toString('hex'))).size).toBe(1);
    }
  });

  it('merge into one timeline', () => {
    const merged = mergeReports(reports, plan);
    expect(merged.map(({ segments }) => segments.length)).toEqual([plan.grid.segmentCount, plan.grid.segmentCount]);
  });

  it('come out with the same bytes when run again', async () => {
    const again = { ...run, folder: await mkdtemp(join(run.folder, 'again-')) };
    const chunk = plan.chunks[1] as ChunkPlan;
    const report = await runChunk(again, plan, chunk);
    expect(report).toEqual(reports[1]);
    for (const [index, path] of segmentPaths(again, [report], '270p').entries()) {
      const before = await readFile(segmentPaths(run, [reports[1] as ChunkReport], '270p')[index] ?? '');
      expect(before.equals(await readFile(path))).toBe(true);
    }
  });

  it('fail the same check when one of them reads the clock a frame late', async () => {
    const chunk = plan.chunks[1] as ChunkPlan;
    const badRun = { ...run, folder: await mkdtemp(join(run.folder, 'bad-')) };
    const badReport = await runChunk(badRun, withLateClock(plan), chunk);
    const paths = reports.flatMap((report) => {
      const isBad = report.chunkIndex === chunk.index;
      return segmentPaths(isBad ? badRun : run, [isBad ? badReport : report], '240p');
    });
    const path = await joinRendition(join(chunkFolder(run, 0, '240p'), 'init.mp4'), paths, join(badRun.folder, 'joined.mp4'));
    const frames = await readBarcodes({ ffmpeg: run.tools.ffmpeg, path, scratch: badRun.folder });
    expect(frames).toHaveLength(frameCount);
    expect(identityFaults(frames, frameCount)).toHaveLength(chunk.endFrame - chunk.startFrame);
  });

  it('fail the same check when the source is cut at key frames without decoding', async () => {
    const { folder, tools, sourcePath } = run;
    const cut = ['-c', 'copy', '-f', 'segment', '-segment_time', '10', '-reset_timestamps', '1', join(folder, 'part_%d.mp4')];
    await runTool({ tool: tools.ffmpeg, args: ['-v', 'error', '-i', sourcePath, ...cut] });
    const parts = (await readdir(folder)).filter((name) => name.startsWith('part_'));
    expect(parts.length).toBeGreaterThan(1);
    const frames: (number | null)[] = [];
    for (const [index] of parts.entries()) {
      frames.push(...(await readBarcodes({ ffmpeg: tools.ffmpeg, path: join(folder, `part_${index}.mp4`), scratch: folder })));
    }
    expect(identityFaults(frames, frameCount)).not.toEqual([]);
  });
});

function withLateClock(plan: Plan): Plan {
  const { video } = plan.source;
  const frameTicks = Math.round((video.timebase.den * video.frameRate.den) / (video.timebase.num * video.frameRate.num));
  return { ...plan, source: { ...plan.source, video: { ...video, firstPts: video.firstPts - frameTicks } } };
}

async function runChunks(run: PipelineRun, plan: Plan): Promise<ChunkReport[]> {
  const reports: ChunkReport[] = [];
  for (const chunk of plan.chunks) reports.push(await runChunk(run, plan, chunk));
  return reports;
}

async function joined(run: PipelineRun, reports: readonly ChunkReport[], name: string): Promise<string> {
  const initPath = join(chunkFolder(run, 0, name), 'init.mp4');
  return joinRendition(initPath, segmentPaths(run, reports, name), join(run.folder, `${name}.joined.mp4`));
}
