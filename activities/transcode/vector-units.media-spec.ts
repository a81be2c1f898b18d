import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CodecFamily } from '../../temporal/contract/media/families';
import type { ChunkPlan, Plan } from '../../temporal/contract/media/plan';
import { AV1 } from '../../workflows/planning/families/av1';
import type { Family } from '../../workflows/planning/families/family';
import { H264 } from '../../workflows/planning/families/h264';
import { HEVC } from '../../workflows/planning/families/hevc';
import { VP9 } from '../../workflows/planning/families/vp9';
import { projectRoot } from '../../infra/stack/setup/project-root';
import { planSource, runChunk, segmentPaths, type PipelineRun } from '../test-media/run-pipeline';
import { toolPaths } from '../test-media/tool-paths';

const CLIP = join(projectRoot(), 'infra', 'stack', 'media', 'big-buck-bunny-480p.mp4');
const SHORT = { startFrame: 0, endFrame: 72 };

/** Vector units that the decoder and scaler of ffmpeg may use, and those that the encoder may use, in the words of each. */
interface Cpu {
  cpuflags: string;
  asm: string;
}

const SSE4 = 'mmx+sse2+sse4.2';
const WITHOUT_UNITS: Cpu = { cpuflags: '0', asm: '0' };
const CPUS: [string, Family, Cpu][] = [
  ['without AVX', H264, { cpuflags: SSE4, asm: 'MMX2,SSE2Fast,SSSE3,SSE4.2' }],
  ['without vector units', H264, WITHOUT_UNITS],
  ['without AVX', HEVC, { cpuflags: SSE4, asm: 'sse4.1' }],
  ['without AVX', AV1, { cpuflags: SSE4, asm: 'sse4_1' }],
  // Its encoder is told by the environment.
  ['without AVX', VP9, { cpuflags: SSE4, asm: '0x3f' }],
];

/** Option of ffmpeg that passes parameters to the encoder of a family. */
const PARAMETERS: Partial<Record<CodecFamily, string>> = { h264: '-x264-params', hevc: '-x265-params', av1: '-svtav1-params' };

let folder: string;
const plans = new Map<Family, Plan>();
const here = new Map<Family, Buffer[]>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vector-units-'));
  for (const family of new Set(CPUS.map(([, one]) => one))) {
    plans.set(family, await planSource(runOn(family, await mkdtemp(join(folder, 'plan-')))));
    here.set(family, await encode(family, planOf(family)));
  }
});

afterAll(() => rm(folder, { recursive: true }));

it.each(CPUS.map(([name, family, cpu]) => [family.name, name, family, cpu] as const))(
  'a chunk in %s gets the same bytes on a CPU %s',
  async (_family, _name, family, cpu) => {
    expect(same(await encode(family, planOf(family), cpu), here.get(family) ?? [])).toBe(true);
  },
);

it('would not without the settings that make it so', async () => {
  const plan: Plan = { ...planOf(H264), recipe: 1 };
  expect(same(await encode(H264, plan, WITHOUT_UNITS), await encode(H264, plan))).toBe(false);
});

function planOf(family: Family): Plan {
  return plans.get(family) as Plan;
}

function runOn(family: Family, work: string, cpu?: Cpu): PipelineRun {
  const run: PipelineRun = { tools: toolPaths(), sourcePath: CLIP, folder: work, transcodeSlots: 2, families: [family] };
  return cpu ? { ...run, encodeAs: (args) => masked(args, family, cpu) } : run;
}

/** Whole segments of the head of the first chunk, of every rung. */
async function encode(family: Family, plan: Plan, cpu?: Cpu): Promise<Buffer[]> {
  const run = runOn(family, await mkdtemp(join(folder, 'chunk-')), cpu);
  if (cpu && family === VP9) process.env['VPX_SIMD_CAPS'] = cpu.asm;
  else delete process.env['VPX_SIMD_CAPS'];
  const report = await runChunk(run, plan, { ...(plan.chunks[0] as ChunkPlan), ...SHORT });
  const paths = report.renditions.flatMap(({ ref }) => segmentPaths(run, [report], ref.name));
  return Promise.all(paths.map((path) => readFile(path)));
}

function masked(args: readonly string[], family: Family, { cpuflags, asm }: Cpu): string[] {
  const option = PARAMETERS[family.name];
  const encoders = args.flatMap((arg, index) => {
    if (args[index - 1] === option) return [`${arg}:asm=${asm}`];
    return arg === 'libx264' && !args.includes('-x264-params') ? [arg, '-x264-params', `asm=${asm}`] : [arg];
  });
  return ['-cpuflags', cpuflags, ...encoders];
}

function same(some: readonly Buffer[], others: readonly Buffer[]): boolean {
  return some.length === others.length && some.length > 0 && some.every((bytes, index) => bytes.equals(others[index] as Buffer));
}
