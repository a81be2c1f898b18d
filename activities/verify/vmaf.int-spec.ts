import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../infra/stack/setup/project-root';
import type { ChunkPlan, FamilyPlan, Plan } from '../../temporal/contract/media/plan';
import { vmafArgs } from '../../workflows/planning/quality/vmaf';
import { runTool } from '../media-tools/run-tool';
import { chunkFolder, joinRendition, planSource, runChunk, type PipelineRun } from '../test-media/run-pipeline';
import { toolPaths } from '../test-media/tool-paths';

const SOURCE = join(projectRoot(), 'infra', 'stack', 'media', 'big-buck-bunny-480p.mp4');
let run: PipelineRun;
let plan: Plan;

beforeAll(async () => {
  run = { tools: toolPaths(), sourcePath: SOURCE, folder: await mkdtemp(join(tmpdir(), 'vmaf-')), transcodeSlots: 1 };
  plan = await planSource(run);
}, 60_000);
afterAll(() => rm(run.folder, { recursive: true }));

it.each<[string, (rungs: FamilyPlan['rungs']) => FamilyPlan['rungs'], number, number]>([
  ['near 100 for what the ladder makes', (rungs) => rungs, 88, 100],
  ['low for what a starved encoder makes', (rungs) => rungs.map((rung) => ({ ...rung, crf: 45 })), 0, 70],
])(
  'scores %s',
  async (name, change, atLeast, atMost) => {
    const [family] = plan.families as [FamilyPlan];
    const rungs = change(family.rungs.slice(-1));
    // The second half, past the black start.
    const chunk = plan.chunks.at(-1) as ChunkPlan;
    const short = { ...chunk, endFrame: chunk.startFrame + plan.grid.framesPerSegment };
    const made = { ...run, folder: await mkdtemp(join(run.folder, 'run-')) };
    const { renditions } = await runChunk(made, { ...plan, families: [{ ...family, rungs }] }, short);
    const folder = chunkFolder(made, chunk.index, rungs[0]?.name ?? '');
    const segment = join(folder, renditions[0]?.segments[0]?.name ?? '');
    const path = await joinRendition(join(folder, 'init.mp4'), [segment], join(made.folder, 'joined.mp4'));
    const input = {
      sourceUrl: SOURCE,
      plan,
      sample: { chunk, frames: 24 },
      renditions: [{ rung: rungs[0]!, path, logPath: 'vmaf.json', signaturesPath: 'shown' }],
      sourceSignaturesPath: 'source',
    };
    await runTool({ tool: run.tools.ffmpeg, args: vmafArgs(input), cwd: made.folder });
    const { frames, pooled_metrics: pooled } = JSON.parse(await readFile(join(made.folder, 'vmaf.json'), 'utf8'));
    expect([name, frames.length]).toEqual([name, 8]);
    expect(pooled.vmaf.mean).toBeGreaterThan(atLeast);
    expect(pooled.vmaf.mean).toBeLessThanOrEqual(atMost);
  },
  60_000,
);
