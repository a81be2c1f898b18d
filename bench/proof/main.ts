import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTool } from '../../activities/media-tools/run-tool';
import { planSource, runChunk, type PipelineRun } from '../../activities/test-media/run-pipeline';
import { toolPaths } from '../../activities/test-media/tool-paths';
import { proofFiles, proveFrames } from '../../activities/transcode/prove-chunk';
import { projectRoot } from '../../infra/stack/setup/project-root';
import type { ChunkPlan, FamilyPlan, Plan } from '../../temporal/contract/media/plan';
import type { ChunkReport } from '../../temporal/contract/media/reports';
import { chunkFrames, chunkInputArgs, rungFilter, tickOfFrame } from '../../workflows/planning/encode/chunk-frames';
import { originOutputArgs, signatureBranch, signatureOutputArgs } from '../../workflows/planning/proof/signatures';
import { ownCpuSeconds, toolCpuSeconds } from '../measure/process-usage';
import { median, report, round3 } from '../measure/report';

const ROUNDS = 7;
/** The pictures cost less than two runs of the same command differ, so each round takes the middle of several differences. */
const PICTURE_PAIRS = 5;
const CLIP = join(projectRoot(), 'infra', 'stack', 'media', 'big-buck-bunny-480p.mp4');

/** The cost of proving a chunk, as a share of the CPU of the same task: encode, cut, proof. */
async function main(): Promise<void> {
  const tools = toolPaths();
  const folder = await mkdtemp(join(tmpdir(), 'sprocket-proof-'));
  try {
    const film = join(folder, 'film.mp4');
    const picture = ['-t', '8', '-vf', 'scale=1920:1080:flags=lanczos,noise=alls=4:allf=t', '-an'];
    await runTool({
      tool: tools.ffmpeg,
      args: ['-v', 'error', '-i', CLIP, ...picture, '-c:v', 'libx264', '-preset', 'veryfast', '-crf', '20', film],
    });
    const measured = (sourcePath: string) => measure({ tools, sourcePath, folder, transcodeSlots: 1 });
    report({ benchmark: 'proof', rounds: ROUNDS, film_8s_1080p: await measured(film), clip_30s_480p: await measured(CLIP) });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Round {
  encode: number;
  readBack: number;
  pictures: number;
}

/**
 * The parts in turn, so that whatever else the machine does falls on all of them. What the pictures cost during the encode is
 * lost in the noise of two encodes; it is measured on the same frames, decoded and scaled without being encoded.
 */
async function measure(source: PipelineRun) {
  const rounds: Round[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const run = { ...source, folder: await mkdtemp(join(source.folder, 'run-')) };
    const plan = await planSource(run);
    const sum: Round = { encode: 0, readBack: 0, pictures: 0 };
    for (const chunk of plan.chunks) {
      const encode = await cpuSecondsOf(() => runChunk(run, plan, chunk));
      const readBack = await cpuSecondsOf(() => prove(run, { plan, chunk, report: encode.result }));
      sum.encode += encode.seconds;
      sum.readBack += readBack.seconds;
      sum.pictures += await pictureSeconds(run, { plan, chunk });
    }
    rounds.push(sum);
    await rm(run.folder, { recursive: true });
  }
  const middle = (part: (round: Round) => number) => round3(median(rounds.map(part)));
  const shares = rounds.map(({ encode, readBack, pictures }) => (readBack + pictures) / (encode + readBack));
  return {
    task_cpu_seconds: middle(({ encode, readBack }) => encode + readBack),
    read_back_seconds: middle(({ readBack }) => readBack),
    read_back_share: round3(median(rounds.map(({ encode, readBack }) => readBack / (encode + readBack)))),
    pictures_seconds: middle(({ pictures }) => pictures),
    proof_share: round3(median(shares)),
    proof_share_from: round3(Math.min(...shares)),
    proof_share_to: round3(Math.max(...shares)),
  };
}

async function pictureSeconds(run: PipelineRun, work: { plan: Plan; chunk: ChunkPlan }): Promise<number> {
  const differences: number[] = [];
  for (let pair = 0; pair < PICTURE_PAIRS; pair++) {
    const without = await cpuSecondsOf(() => decodeAndScale(run, { ...work, withPictures: false }));
    const withPictures = await cpuSecondsOf(() => decodeAndScale(run, { ...work, withPictures: true }));
    differences.push(withPictures.seconds - without.seconds);
  }
  return median(differences);
}

async function prove(run: PipelineRun, made: { plan: Plan; chunk: ChunkPlan; report: ChunkReport }): Promise<void> {
  const { plan, chunk } = made;
  const rendition = made.report.renditions.at(-1);
  if (!rendition) throw new Error('the ladder is empty');
  const scratch = join(run.folder, `chunk_${chunk.index}`);
  const folder = join(scratch, rendition.ref.name);
  const maxrateBps = plan.families[0]?.rungs.at(-1)?.maxrateBps ?? 0;
  const ffmpeg = (args: string[]) => runTool({ tool: run.tools.ffmpeg, args });
  const problem = await proveFrames({ plan, chunk, rendition, damaged: false, scratch, folder, maxrateBps, ffmpeg });
  if (problem) throw new Error(`the chunk did not prove itself: ${problem}`);
}

/** The frames of the lowest rung on their way to nowhere, with or without the pictures that the proof takes of them. */
async function decodeAndScale(run: PipelineRun, work: { plan: Plan; chunk: ChunkPlan; withPictures: boolean }): Promise<void> {
  const { plan, chunk, withPictures } = work;
  const rung = (plan.families[0] as FamilyPlan).rungs.at(-1);
  if (!rung) throw new Error('the ladder is empty');
  const frames = { sourceUrl: run.sourcePath, plan, chunk };
  const files = proofFiles(run.folder, 'source');
  const scaled = `${chunkFrames(frames)},${rungFilter(plan, rung)}`;
  await runTool({
    tool: run.tools.ffmpeg,
    args: [
      ...['-hide_banner', '-nostdin', '-nostats', '-v', 'warning', '-y', '-filter_complex_threads', '2'],
      ...chunkInputArgs(frames),
      ...['-filter_complex', withPictures ? `${scaled},${signatureBranch('v', 'signatures')}` : `${scaled}[v]`],
      ...['-map', '[v]', '-fps_mode', 'passthrough', '-enc_time_base', tickOfFrame(plan)],
      ...(withPictures ? originOutputArgs(files.originsPath) : []),
      ...['-f', 'null', '-'],
      ...(withPictures ? ['-map', '[signatures]', ...signatureOutputArgs(files.signaturesPath, tickOfFrame(plan))] : []),
    ],
  });
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
