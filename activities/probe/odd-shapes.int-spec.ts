import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChunkPlan } from '../../temporal/contract/media/plan';
import { runTool } from '../media-tools/run-tool';
import { readLuma } from '../test-media/frame-identity';
import { planSource, runChunk, type PipelineRun } from '../test-media/run-pipeline';
import { toolPaths } from '../test-media/tool-paths';

jest.setTimeout(60_000);

const X264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-qp', '10'];
const FRAGMENTS = ['-movflags', '+frag_keyframe+empty_moov+default_base_moof'];
/** Size of the pictures that `readLuma` takes. */
const LUMA = { width: 64, height: 36 } as const;
const LIGHT = 128;

describe('a picture that is declared in an odd shape', () => {
  const tools = toolPaths();
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'shapes-'));
    const corner = 'color=black:size=320x180:rate=25,drawbox=0:0:160:90:white:fill';
    await runTool({
      tool: tools.ffmpeg,
      args: ['-v', 'error', '-f', 'lavfi', '-i', corner, '-frames:v', '10', ...X264, join(folder, 'upright.mp4')],
    });
  });

  afterAll(() => rm(folder, { recursive: true }));

  /** What comes of a picture with a white quarter at the top left. */
  async function shown(name: string, { input = [], output = ['-c', 'copy'] }: { input?: string[]; output?: string[] }) {
    const run: PipelineRun = { tools, sourcePath: join(folder, name), transcodeSlots: 1, folder: await mkdtemp(join(folder, 'run-')) };
    const made = ['-v', 'error', '-y', ...input, '-i', join(folder, 'upright.mp4'), ...output, run.sourcePath];
    await runTool({ tool: tools.ffmpeg, args: made });
    const plan = await planSource(run);
    await runChunk(run, plan, plan.chunks[0] as ChunkPlan);
    const rung = plan.families[0]?.rungs[0];
    const [picture] = await readLuma({ ffmpeg: tools.ffmpeg, path: join(run.folder, 'chunk_0', `${rung?.name}.mp4`), scratch: folder });
    const isLight = (x: number, y: number) =>
      (picture?.[Math.round(y * LUMA.height) * LUMA.width + Math.round(x * LUMA.width)] ?? 0) > LIGHT;
    const corners = {
      topLeft: isLight(0.2, 0.2),
      topRight: isLight(0.8, 0.2),
      bottomLeft: isLight(0.2, 0.8),
      bottomRight: isLight(0.8, 0.8),
    };
    const light = Object.entries(corners).flatMap(([corner, is]) => (is ? [corner] : []));
    return { size: `${rung?.width}x${rung?.height}`, light, warnings: plan.source.warnings };
  }

  const sei = (orientation: string) => ({ output: ['-c', 'copy', '-bsf:v', `h264_metadata=display_orientation=insert:${orientation}`] });

  it.each([
    ['turned in fragments.mp4', { input: ['-display_rotation', '90'], output: ['-c', 'copy', ...FRAGMENTS] }, '180x320', 'bottomLeft'],
    ['mirrored in fragments.mp4', { input: ['-display_hflip'], output: ['-c', 'copy', ...FRAGMENTS] }, '320x180', 'topRight'],
    ['turned by the stream.ts', sei('rotate=90'), '180x320', 'bottomLeft'],
  ])('is shown upright: %s', async (name, made, size, light) => {
    expect(await shown(name, made)).toEqual({ size, light: [light], warnings: [] });
  });

  it.each([
    [
      '30 degrees.mp4',
      '30',
      '320x180',
      'topLeft',
      'The file says that the picture is turned by -30 degrees; it is turned by 0, the nearest quarter turn.',
    ],
    [
      '70 degrees.mov',
      '70',
      '180x320',
      'bottomLeft',
      'The file says that the picture is turned by -70 degrees; it is turned by -90, the nearest quarter turn.',
    ],
  ])('is turned by the nearest quarter turn: %s', async (name, degrees, size, light, message) => {
    const warnings = [{ code: 'ShapeAdjusted', message, track: 0 }];
    expect(await shown(name, { input: ['-display_rotation', degrees] })).toEqual({ size, light: [light], warnings });
  });

  it.each([
    ['wide.mp4', '100/1', '100:1'],
    ['narrow.mkv', '1/100', '1:100'],
    ['wide.ts', '60/1', '60:1'],
  ])('is shown with square pixels where others cannot be meant: %s', async (name, aspect, told) => {
    const message = `The file says that pixels are ${told}, which cannot be meant; they are shown as squares.`;
    const output = ['-vf', `setsar=${aspect}:max=100000`, ...X264];
    const warnings = [{ code: 'ShapeAdjusted', message, track: 0 }];
    expect(await shown(name, { output })).toEqual({ size: '320x180', light: ['topLeft'], warnings });
  });

  it.each(['ts', 'flv'])('is shown with square pixels where others would leave nothing of it: .%s', async (container) => {
    const message = 'The file says that pixels are 1:1000, which cannot be meant; they are shown as squares.';
    const output = ['-c', 'copy', '-bsf:v', 'h264_metadata=sample_aspect_ratio=1/1000'];
    const warnings = [{ code: 'ShapeAdjusted', message, track: 0 }];
    expect(await shown(`nothing.${container}`, { output })).toEqual({ size: '320x180', light: ['topLeft'], warnings });
  });
});
