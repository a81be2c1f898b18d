import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Plan } from '../../temporal/contract/media/plan';
import { readBarcodes } from '../test-media/frame-identity';
import { makeBarcodeSource } from '../test-media/make-source';
import { chunkFolder, joinRendition, planSource, runChunk, segmentPaths } from '../test-media/run-pipeline';
import { toolPaths, type ToolPaths } from '../test-media/tool-paths';
import { runTool } from '../media-tools/run-tool';

jest.setTimeout(120_000);

const FILM = { num: 24000, den: 1001 };
const FRAME_COUNT = 760;

describe('containers', () => {
  let tools: ToolPaths;
  let folder: string;
  let sourcePath: string;

  beforeAll(async () => {
    tools = toolPaths();
    folder = await mkdtemp(join(tmpdir(), 'containers-'));
    const rate = { frameRate: FILM, frameCount: FRAME_COUNT, audioDelaySeconds: 0 };
    sourcePath = await makeBarcodeSource({ ffmpeg: tools.ffmpeg, folder, name: 'source.mp4', ...rate });
  });

  afterAll(() => rm(folder, { recursive: true }));

  it('with timestamps in milliseconds keep the exact rate and every frame', async () => {
    const { plan, frames } = await processed('remuxed.mkv', []);
    expect(plan.source.video).toMatchObject({ frameRate: FILM, cadence: 'constant', timebase: { num: 1, den: 1000 } });
    expect(frames).toEqual(Array.from({ length: FRAME_COUNT }, (_, frame) => frame));
  });

  it('with an edit list show only what the list shows', async () => {
    const { plan, frames } = await processed('edited.mp4', ['-ss', '1.5']);
    const hidden = FRAME_COUNT - frames.length;
    expect(Math.abs(hidden - (1.5 * FILM.num) / FILM.den)).toBeLessThan(1.5);
    expect(plan.source.video).toMatchObject({ frameRate: FILM, cadence: 'constant', frameCount: frames.length });
    expect(frames).toEqual(Array.from({ length: frames.length }, (_, frame) => frame + hidden));
  });

  it('that start late are read from their own start', async () => {
    const { plan, frames } = await processed('late.mp4', [], ['-output_ts_offset', '25994']);
    expect(plan.source.startTimeUs).toBeGreaterThan(25_993_000_000);
    expect(frames).toEqual(Array.from({ length: FRAME_COUNT }, (_, frame) => frame));
  });

  /** Copies the source into another container and takes it through the whole pipeline. */
  async function processed(
    name: string,
    inputArgs: string[],
    outputArgs: string[] = [],
  ): Promise<{ plan: Plan; frames: (number | null)[] }> {
    const run = { tools, sourcePath: join(folder, name), folder: await mkdtemp(join(folder, 'run-')), transcodeSlots: 3 };
    const args = ['-v', 'error', ...inputArgs, '-i', sourcePath, '-c', 'copy', ...outputArgs, run.sourcePath];
    await runTool({ tool: tools.ffmpeg, args });
    const plan = await planSource(run);
    const reports = [];
    for (const chunk of plan.chunks) reports.push(await runChunk(run, plan, chunk));
    const init = join(chunkFolder(run, 0, '240p'), 'init.mp4');
    const path = await joinRendition(init, segmentPaths(run, reports, '240p'), join(run.folder, 'joined.mp4'));
    return { plan, frames: await readBarcodes({ ffmpeg: tools.ffmpeg, path, scratch: run.folder }) };
  }
});
