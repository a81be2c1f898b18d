import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChunkPlan, Plan } from '../../temporal/contract/media/plan';
import { projectRoot } from '../../infra/stack/setup/project-root';
import { planSource, runChunk, segmentPaths, type PipelineRun } from '../test-media/run-pipeline';
import { toolPaths } from '../test-media/tool-paths';

jest.setTimeout(180_000);

const CLIP = join(projectRoot(), 'infra', 'stack', 'media', 'big-buck-bunny-480p.mp4');
const SHORT = { startFrame: 0, endFrame: 144 };

/** Vector units that the decoder and scaler of ffmpeg may use, and those that x264 may use, in the words of each. */
type Cpu = { cpuflags: string; asm: string };

const CPUS: [string, Cpu][] = [
  ['without AVX', { cpuflags: 'mmx+sse2+sse4.2', asm: 'MMX2,SSE2Fast,SSSE3,SSE4.2' }],
  ['without vector units', { cpuflags: '0', asm: '0' }],
];

let folder: string;
let plan: Plan;
let here: Buffer[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vector-units-'));
  plan = await planSource(runOn(await mkdtemp(join(folder, 'plan-'))));
  here = await encode(plan);
});

afterAll(() => rm(folder, { recursive: true }));

it.each(CPUS)('a chunk gets the same bytes on a CPU %s', async (_, cpu) => {
  expect(same(await encode(plan, cpu), here)).toBe(true);
});

it('would not without the settings that make it so', async () => {
  expect(same(await encode({ ...plan, recipe: 1 }, CPUS[1]?.[1]), await encode({ ...plan, recipe: 1 }))).toBe(false);
});

function runOn(work: string, cpu?: Cpu): PipelineRun {
  const run: PipelineRun = { tools: toolPaths(), sourcePath: CLIP, folder: work, transcodeSlots: 2 };
  return cpu ? { ...run, encodeAs: (args) => masked(args, cpu) } : run;
}

/** Whole segments of the head of the first chunk, of every rung. */
async function encode(plan: Plan, cpu?: Cpu): Promise<Buffer[]> {
  const run = runOn(await mkdtemp(join(folder, 'chunk-')), cpu);
  const report = await runChunk(run, plan, { ...(plan.chunks[0] as ChunkPlan), ...SHORT });
  const paths = report.renditions.flatMap(({ ref }) => segmentPaths(run, [report], ref.name));
  return Promise.all(paths.map((path) => readFile(path)));
}

function masked(args: readonly string[], { cpuflags, asm }: Cpu): string[] {
  const encoders = args.flatMap((arg, index) => {
    if (args[index - 1] === '-x264-params') return [`${arg}:asm=${asm}`];
    return arg === 'libx264' && !args.includes('-x264-params') ? [arg, '-x264-params', `asm=${asm}`] : [arg];
  });
  return ['-cpuflags', cpuflags, ...encoders];
}

function same(some: readonly Buffer[], others: readonly Buffer[]): boolean {
  return some.length === others.length && some.length > 0 && some.every((bytes, index) => bytes.equals(others[index] as Buffer));
}
