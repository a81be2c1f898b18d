import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTool } from '../../activities/media-tools/run-tool';
import { planSource, runChunk, type PipelineRun } from '../../activities/test-media/run-pipeline';
import { toolPaths } from '../../activities/test-media/tool-paths';
import { projectRoot } from '../../infra/stack/setup/project-root';
import { ASKED_FAMILY_NAMES } from '../../temporal/contract/media/families';
import type { FamilyPlan, Plan } from '../../temporal/contract/media/plan';
import { chunkArgs } from '../../workflows/planning/encode/chunk-args';
import { packagerVideoArgs } from '../../workflows/planning/encode/packager-args';
import { familyOf, type Family } from '../../workflows/planning/families/family';
import { toolCpuSeconds } from '../measure/process-usage';
import { report, round3 } from '../measure/report';

const CLIP = join(projectRoot(), 'infra', 'stack', 'media', 'big-buck-bunny-480p.mp4');
const SLOTS = 2;

/** CPU of a family in chunks, cut and proved, against one plain ffmpeg and packager with the same settings. */
async function main(): Promise<void> {
  const tools = toolPaths();
  const root = await mkdtemp(join(tmpdir(), 'sprocket-families-'));
  try {
    const results: Record<string, object> = {};
    for (const name of ASKED_FAMILY_NAMES) {
      const folder = join(root, name);
      await mkdir(folder);
      const family = familyOf(name);
      const run = { tools, sourcePath: CLIP, folder, transcodeSlots: SLOTS, families: [family] };
      const plan = await planSource(run);
      const plainSeconds = await cpuOf(() => encodePlain(run, plan, family));
      const chunkSeconds = await cpuOf(async () => {
        for (const chunk of plan.chunks) await runChunk(run, plan, chunk);
      });
      results[name] = { plain_s: round3(plainSeconds), chunks_s: round3(chunkSeconds), ratio: round3(chunkSeconds / plainSeconds) };
      process.stderr.write(`${name}: ${JSON.stringify(results[name])}\n`);
    }
    report({ benchmark: 'families', families: results });
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

async function encodePlain({ tools, folder }: PipelineRun, plan: Plan, family: Family): Promise<void> {
  const familyPlan = plan.families[0] as FamilyPlan;
  const whole = { startFrame: 0, endFrame: plan.grid.frameCount, seekUs: 0 };
  const inputs = familyPlan.rungs.map((rung) => ({ rung, path: join(folder, `${rung.name}.mp4`), folder: join(folder, rung.name) }));
  const input = { sourceUrl: CLIP, plan, family, familyPlan, chunk: whole, outputs: inputs, captures: null, proof: null };
  await runTool({ tool: tools.ffmpeg, args: chunkArgs(input), onStdoutLine: () => undefined });
  await Promise.all(inputs.map((one) => mkdir(one.folder)));
  await runTool({ tool: tools.packager, args: packagerVideoArgs({ family, inputs, grid: plan.grid, chunk: whole }) });
}

async function cpuOf(work: () => Promise<void>): Promise<number> {
  const before = toolCpuSeconds(process.pid);
  await work();
  return toolCpuSeconds(process.pid) - before;
}

void main();
