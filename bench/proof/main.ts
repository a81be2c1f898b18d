import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTool } from '../../activities/media-tools/run-tool';
import { planSource, runChunk, type PipelineRun } from '../../activities/test-media/run-pipeline';
import { toolPaths } from '../../activities/test-media/tool-paths';
import { proveFrames } from '../../activities/transcode/prove-chunk';
import { projectRoot } from '../../infra/stack/project-root';
import type { ChunkPlan, Plan } from '../../temporal/contract/plan';
import { ownCpuSeconds, toolCpuSeconds } from '../measure/process-usage';
import { report, round3 } from '../measure/report';

const ROUNDS = 5;
const CLIP = join(projectRoot(), 'infra', 'stack', 'media', 'big-buck-bunny-480p.mp4');

/** What the proof of a chunk costs, as a share of the CPU of the same task: encode, cut, proof. */
async function main(): Promise<void> {
  const tools = toolPaths();
  const folder = await mkdtemp(join(tmpdir(), 'sprocket-proof-'));
  try {
    const film = join(folder, 'film.mp4');
    const picture = ['-t', '4', '-vf', 'scale=1920:1080:flags=lanczos,noise=alls=4:allf=t', '-an'];
    await runTool({ tool: tools.ffmpeg, args: ['-v', 'error', '-i', CLIP, ...picture, '-c:v', 'libx264', '-preset', 'veryfast', '-crf', '20', film] });
    const measured = (sourcePath: string) => measure({ tools, sourcePath, folder, transcodeSlots: 1 });
    report({ benchmark: 'proof', rounds: ROUNDS, film_4s_1080p: await measured(film), clip_30s_480p: await measured(CLIP) });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** With and without the proof in turn, so that whatever else the machine does falls on both. */
async function measure(source: PipelineRun) {
  const rounds: { plain: number; encode: number; readBack: number }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const run = { ...source, folder: await mkdtemp(join(source.folder, 'run-')) };
    const plan = await planSource(run);
    const chunk = plan.chunks[0] as ChunkPlan;
    const bare = { ...run, folder: await mkdtemp(join(run.folder, 'bare-')) };
    const before = await cpuSecondsOf(() => runChunk(bare, plan, chunk, { withProof: false }));
    const { result, seconds } = await cpuSecondsOf(() => runChunk(run, plan, chunk));
    const readBack = await cpuSecondsOf(() => prove(run, plan, result));
    const after = await cpuSecondsOf(() => runChunk({ ...bare, folder: join(bare.folder, 'again') }, plan, chunk, { withProof: false }));
    rounds.push({ plain: Math.min(before.seconds, after.seconds), encode: seconds, readBack: readBack.seconds });
  }
  // Other load can only add to a run, so the least of each says most about the work itself.
  const [plain, encode, readBack] = (['plain', 'encode', 'readBack'] as const).map((part) => Math.min(...rounds.map((round) => round[part]))) as [number, number, number];
  const task = encode + readBack;
  return {
    task_cpu_seconds: round3(task),
    read_back_share: round3(readBack / task),
    signatures_share: round3((encode - plain) / task),
    proof_share: round3((task - plain) / task),
  };
}

async function prove(run: PipelineRun, plan: Plan, { renditions }: Awaited<ReturnType<typeof runChunk>>): Promise<void> {
  const rendition = renditions.at(-1);
  if (!rendition) throw new Error('the ladder is empty');
  const scratch = join(run.folder, 'chunk_0');
  const folder = join(scratch, rendition.folder.split('/')[1] ?? '');
  const ffmpeg = (args: string[]) => runTool({ tool: run.tools.ffmpeg, args });
  const problem = await proveFrames({ plan, chunk: plan.chunks[0] as ChunkPlan, rendition, damaged: false, scratch, folder, ffmpeg });
  if (problem) throw new Error(`the chunk did not prove itself: ${problem}`);
}

/** Of this process and of the tools that it ran. */
async function cpuSecondsOf<T>(work: () => Promise<T>): Promise<{ result: T; seconds: number }> {
  const cpu = () => ownCpuSeconds(process.pid) + toolCpuSeconds(process.pid);
  const before = cpu();
  const result = await work();
  return { result, seconds: cpu() - before };
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
