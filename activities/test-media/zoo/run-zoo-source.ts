import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plan } from '../../../temporal/contract/plan';
import type { ChunkReport } from '../../../temporal/contract/reports';
import { mergeReports } from '../../../workflows/planning/manifests/merge-reports';
import { chunkFolder, joinRendition, planSource, runAudio, runChunk, segmentPaths, type PipelineRun } from '../run-pipeline';
import type { Outcome } from './judge';

/** Takes a source through the plan and the tools, without store and workflow. Throws what the pipeline throws. */
export async function runZooSource(run: PipelineRun): Promise<{ plan: Plan; outcome: Outcome }> {
  await mkdir(run.folder, { recursive: true });
  const plan = await planSource(run);
  const reports: ChunkReport[] = [];
  for (const chunk of plan.chunks) reports.push(await runChunk(run, plan, chunk));
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

async function joinedAudio(run: PipelineRun, plan: Plan): Promise<string> {
  const report = await runAudio(run, plan);
  const paths = report.segments.map((segment) => join(run.folder, 'audio', segment.name));
  return joinRendition(join(run.folder, 'audio', 'init.mp4'), paths, join(run.folder, 'audio.joined.mp4'));
}
