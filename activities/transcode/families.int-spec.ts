import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChunkPlan, Plan } from '../../temporal/contract/media/plan';
import type { ChunkReport } from '../../temporal/contract/media/reports';
import { H264 } from '../../workflows/planning/families/h264';
import { mergeReports } from '../../workflows/planning/manifests/merge-reports';
import { readKeyFrame } from '../../workflows/planning/quality/key-frame';
import { HEVC_LIKE } from '../../workflows/planning/testing/hevc-like';
import { familyCheck } from '../media-tools/check-tools';
import { runTool } from '../media-tools/run-tool';
import { identityFaults, readBarcodes } from '../test-media/frame-identity';
import { makeBarcodeSource } from '../test-media/make-source';
import { chunkFolder, joinRendition, planSource, runChunk, segmentPaths, type PipelineRun } from '../test-media/run-pipeline';
import { toolPaths } from '../test-media/tool-paths';

jest.setTimeout(240_000);

const tools = toolPaths();
const FRAMES = 400;
const LOWEST = '240p';

describe('a codec family that is in no table', () => {
  let run: PipelineRun;
  let plan: Plan;
  let reports: ChunkReport[];

  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'second-family-'));
    const source = { ffmpeg: tools.ffmpeg, folder, name: 'source.mp4', frameRate: { num: 25, den: 1 }, frameCount: FRAMES };
    const sourcePath = await makeBarcodeSource({ ...source, audioDelaySeconds: null });
    run = { tools, sourcePath, folder, transcodeSlots: 2, families: [HEVC_LIKE] };
    plan = inTwoChunks(await planSource(run));
    reports = [];
    for (const chunk of plan.chunks) reports.push(await runChunk(run, plan, chunk));
  });
  afterAll(() => rm(run.folder, { recursive: true }));

  it('joins its chunks frame by frame, like H.264', async () => {
    const merged = mergeReports(reports, plan);
    expect(merged.map(({ codec }) => codec)).toEqual([expect.stringMatching(/^hvc1\.1\.6\.L\d+\.90$/), expect.stringMatching(/^hvc1\./)]);
    const init = join(chunkFolder(run, 0, LOWEST), 'init.mp4');
    const path = await joinRendition(init, segmentPaths(run, reports, LOWEST), join(run.folder, 'joined.mp4'));
    const frames = await readBarcodes({ ffmpeg: tools.ffmpeg, path, scratch: run.folder });
    expect(identityFaults(frames, FRAMES)).toEqual([]);
    const [first = '', ...others] = segmentPaths(run, reports, LOWEST);
    const swapped = await joinRendition(init, [...others, first], join(run.folder, 'swapped.mp4'));
    const moved = await readBarcodes({ ffmpeg: tools.ffmpeg, path: swapped, scratch: run.folder });
    expect(identityFaults(moved, FRAMES)).not.toEqual([]);
  });

  it('starts every segment with a picture that it knows as a key picture, and H.264 does not', async () => {
    const paths = segmentPaths(run, reports, LOWEST);
    const segments = reports.flatMap(({ renditions }) => renditions.at(-1)?.segments ?? []);
    expect(segments).toHaveLength(plan.grid.segmentCount);
    for (const [index, { keyFrame, startTicks }] of segments.entries()) {
      const { offset, sizeBytes } = keyFrame as NonNullable<typeof keyFrame>;
      const range = (await readFile(paths[index] as string)).subarray(offset, offset + sizeBytes);
      expect(readKeyFrame(range, HEVC_LIKE)).toEqual({ startTicks, idr: true });
      expect(readKeyFrame(range, H264)).toEqual({ startTicks, idr: false });
    }
  });

  it('comes out with the same bytes when run again', async () => {
    const again = { ...run, folder: await mkdtemp(join(run.folder, 'again-')) };
    const report = await runChunk(again, plan, plan.chunks[1] as ChunkPlan);
    expect(report).toEqual(reports[1]);
    const [path = ''] = segmentPaths(again, [report], LOWEST);
    const [before = ''] = segmentPaths(run, [reports[1] as ChunkReport], LOWEST);
    expect((await readFile(path)).equals(await readFile(before))).toBe(true);
  });
});

it('a worker proves the encoder of a family by encoding, and one that is missing fails', async () => {
  const encode = ({ testEncodeArgs }: { testEncodeArgs: readonly string[] }) =>
    runTool({ tool: tools.ffmpeg, args: familyCheck({ testEncodeArgs }).args });
  await encode(H264);
  await encode(HEVC_LIKE);
  await expect(encode({ testEncodeArgs: ['-c:v', 'libx999'] })).rejects.toThrow();
});

/** Two chunks, however short the source. */
function inTwoChunks(plan: Plan): Plan {
  const middle = plan.grid.framesPerSegment;
  const [only] = plan.chunks as [ChunkPlan];
  const second = { ...only, index: 1, startFrame: middle, seekUs: Math.round(((middle - 0.5) * 1e6) / 25) };
  return { ...plan, chunks: [{ ...only, endFrame: middle }, second] };
}
