import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../../temporal/contract/failures';
import type { ChunkPlan, Plan, VideoRung } from '../../../temporal/contract/media/plan';
import type { ChunkReport, RenditionReport } from '../../../temporal/contract/media/reports';
import { mergeReports } from '../../../workflows/planning/manifests/merge-reports';
import { checkChunk } from '../../../workflows/planning/proof/check-chunk';
import { tellsOfDamage } from '../../../workflows/planning/proof/check-origins';
import { runTool } from '../../media-tools/run-tool';
import { proveFrames } from '../../transcode/prove-chunk';
import { chunkFolder, DECODER_WORDS, joinRendition, planSource, runAudio, runChunk, segmentPaths, type PipelineRun } from '../run-pipeline';
import type { Outcome } from './judge';

/** Takes a source through the plan, the tools and the proofs of every chunk, without store and workflow. Throws the failures of the pipeline. */
export async function runZooSource(run: PipelineRun): Promise<{ plan: Plan; outcome: Outcome }> {
  await mkdir(run.folder, { recursive: true });
  const plan = await planSource(run);
  const reports: ChunkReport[] = [];
  for (const chunk of plan.chunks) {
    const report = await runChunk(run, plan, chunk);
    await proveChunk(run, plan, report);
    reports.push(report);
  }
  mergeReports(reports, plan);
  const joined = async (name: string) => {
    const init = join(chunkFolder(run, 0, name), 'init.mp4');
    return joinRendition(init, segmentPaths(run, reports, name), join(run.folder, `${name}.joined.mp4`));
  };
  const names = plan.families[0]?.rungs.map(({ name }) => name) ?? [];
  const largest = await joined(names[0] ?? '');
  const outcome = {
    largest,
    smallest: await joined(names.at(-1) ?? ''),
    audio: plan.audio.length > 0 ? await joinedAudio(run, plan) : null,
  };
  return { plan, outcome };
}

/** As the transcode step does before it uploads anything. */
async function proveChunk(run: PipelineRun, plan: Plan, report: ChunkReport): Promise<void> {
  const chunk = plan.chunks[report.chunkIndex] as ChunkPlan;
  const scratch = join(run.folder, `chunk_${chunk.index}`);
  const damaged = tellsOfDamage(await readFile(join(scratch, DECODER_WORDS), 'utf8'));
  const rendition = report.renditions.at(-1) as RenditionReport;
  const rung = plan.families[0]?.rungs.at(-1) as VideoRung;
  const { maxrateBps } = rung;
  const folder = join(scratch, rung.name);
  const ffmpeg = (args: string[]) => runTool({ tool: run.tools.ffmpeg, args });
  const problem =
    checkChunk(plan.grid, chunk, report.renditions) ??
    (await proveFrames({ plan, chunk, scratch, rendition, folder, damaged, maxrateBps, ffmpeg }));
  if (problem) throw new Failure('OutputInvalid', `Chunk ${chunk.index} did not pass its check: ${problem}.`);
}

async function joinedAudio(run: PipelineRun, plan: Plan): Promise<string> {
  const report = await runAudio(run, plan);
  const paths = report.segments.map((segment) => join(run.folder, 'audio', segment.name));
  return joinRendition(join(run.folder, 'audio', 'init.mp4'), paths, join(run.folder, 'audio.joined.mp4'));
}
