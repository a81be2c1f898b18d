import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Plan } from '../../temporal/contract/media/plan';
import { mergeReports } from '../../workflows/planning/manifests/merge-reports';
import { readBarcodes } from '../test-media/frame-identity';
import { makeBarcodeSource } from '../test-media/make-source';
import { chunkFolder, joinRendition, planSource, runChunk, segmentPaths, type PipelineRun } from '../test-media/run-pipeline';
import { toolPaths } from '../test-media/tool-paths';

jest.setTimeout(120_000);

const SOURCE_RATE = { num: 60, den: 1 };
const SOURCE_FRAMES = 2000;

/** Bursts, single frames and a still of 7.5 s that lies over the start of a chunk. */
const KEPT = 'lt(n,200)+between(n,600,700)*not(mod(n,3))+between(n,700,1150)*not(mod(n*n,7))+gt(n,1600)*not(mod(n,2))';

/** {@link KEPT} in words of our own. */
function isKept(n: number): boolean {
  return n < 200 || (n >= 600 && n <= 700 && n % 3 === 0) || (n >= 700 && n <= 1150 && n % 7 === 0) || (n > 1600 && n % 2 === 0);
}

describe('a source of variable frame rate', () => {
  let run: PipelineRun;
  let plan: Plan;

  beforeAll(async () => {
    const tools = toolPaths();
    const folder = await mkdtemp(join(tmpdir(), 'variable-'));
    const pictureFilter = `select='${KEPT}'`;
    const rate = { frameRate: SOURCE_RATE, frameCount: SOURCE_FRAMES, audioDelaySeconds: null };
    const sourcePath = await makeBarcodeSource({ ffmpeg: tools.ffmpeg, folder, name: 'source.mkv', ...rate, pictureFilter });
    run = { tools, sourcePath, folder, transcodeSlots: 5 };
    plan = await planSource(run);
  });

  afterAll(() => rm(run.folder, { recursive: true }));

  it('is planned on a constant grid that has a slot for every frame', () => {
    expect(plan.source.video).toMatchObject({ cadence: 'variable', frameRate: SOURCE_RATE, droppedFrameCount: 0 });
    expect(plan.chunks.length).toBeGreaterThanOrEqual(4);
  });

  it('gives the same frames in chunks as in one run over the whole file', async () => {
    const chunked = await frames(run, plan);
    const folder = await mkdtemp(join(run.folder, 'whole-'));
    const whole = { index: 0, startFrame: 0, endFrame: plan.grid.frameCount, seekUs: 0 };
    expect(chunked).toEqual(await frames({ ...run, folder }, { ...plan, chunks: [whole] }));
    expect(chunked).not.toContain(null);
    expect(chunked).toHaveLength(plan.grid.frameCount);
    expect(chunked).toEqual([...chunked].sort((a, b) => Number(a) - Number(b)));
    expect([chunked[0], chunked.at(-1)]).toEqual([0, 1998]);
    const kept = Array.from({ length: SOURCE_FRAMES }, (_, n) => n).filter(isKept);
    expect([...new Set(chunked)]).toEqual(kept);
  });
});

it.each([
  ['jittered frames', { num: 25, den: 1 }, 'setpts=(N+0.24*sin(N*N))/(25*TB)', { num: 25, den: 1 }],
  ['a film with 3:2 pulldown', { num: 25, den: 1 }, 'setpts=(5*floor(N/2)+3*mod(N\\,2))*1001/(60000*TB)', { num: 24000, den: 1001 }],
])('shows each of %s once, in chunks', async (_, frameRate, pictureFilter, gridRate) => {
  const tools = toolPaths();
  const folder = await mkdtemp(join(tmpdir(), 'unsteady-'));
  const frameCount = 500;
  const made = {
    frameRate,
    frameCount,
    audioDelaySeconds: null,
    pictureFilter: `settb=1/90000,${pictureFilter}`,
    outputArgs: ['-enc_time_base', '1/90000'],
  };
  const sourcePath = await makeBarcodeSource({ ffmpeg: tools.ffmpeg, folder, name: 'source.mkv', ...made });
  const run = { tools, sourcePath, folder, transcodeSlots: 3 };
  const plan = await planSource(run);
  expect(plan.source.video).toMatchObject({ frameRate: gridRate, frameCount, droppedFrameCount: 0 });
  expect(plan.chunks.length).toBeGreaterThan(1);
  expect(await frames(run, plan)).toEqual(Array.from({ length: frameCount }, (_, frame) => frame));
  await rm(folder, { recursive: true });
});

async function frames(run: PipelineRun, plan: Plan): Promise<(number | null)[]> {
  const reports = [];
  for (const chunk of plan.chunks) reports.push(await runChunk(run, plan, chunk));
  mergeReports(reports, plan);
  const init = join(chunkFolder(run, 0, '240p'), 'init.mp4');
  const path = await joinRendition(init, segmentPaths(run, reports, '240p'), join(run.folder, 'joined.mp4'));
  return readBarcodes({ ffmpeg: run.tools.ffmpeg, path, scratch: run.folder });
}
