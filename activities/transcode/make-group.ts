import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pictureSource } from '../../temporal/contract/object-keys';
import type { VideoRung } from '../../temporal/contract/media/plan';
import { recipeOf } from '../../temporal/contract/media/recipe';
import { videoRef } from '../../temporal/contract/media/renditions';
import type { RenditionReport } from '../../temporal/contract/media/reports';
import type { DrawnMark } from '../../workflows/planning/encode/watermark/draw-watermark';
import type { CaptureRequest } from '../../workflows/planning/encode/captures';
import { chunkArgs, parseProgressFrame } from '../../workflows/planning/encode/chunk-args';
import { packagerVideoArgs } from '../../workflows/planning/encode/packager-args';
import { showsDamage, tellsOfDamage } from '../../workflows/planning/proof/check-origins';
import { withSession } from '../hardware/with-session';
import { collectRendition } from '../renditions/collect-rendition';
import type { ActivityDependencies } from '../task/activity-dependencies';
import type { TaskContext } from '../task/run-task';
import type { ChunkWork } from './chunk-work';
import { proofFiles } from './prove-chunk';

/** The share of a chunk's time that encoding takes; packaging and upload are the rest. */
const ENCODE_PERCENT = 95;

/** Rungs of a chunk, or of a stretch of one, that are encoded in one run, in a folder of their own. */
export interface GroupWork extends ChunkWork {
  /** The watermark to draw, or null. */
  mark: DrawnMark | null;
  /** Taken by one group of the first family only: one set serves all. */
  captures: CaptureRequest | null;
  rungs: readonly VideoRung[];
  folder: string;
  /** Comes before the others of the chunk, for viewers who wait for it. */
  leads: boolean;
  /** Its stretch of the progress of all runs, between 0 and 1. */
  progress: { from: number; to: number };
}

/** What one run of the encoder made. */
export interface MadeGroup {
  group: GroupWork;
  renditions: RenditionReport[];
  bytesIn: number;
  /** Frames may be missing where the decoder could not make them. */
  damaged: boolean;
  /** Pictures are damaged. */
  showsDamage: boolean;
}

/** Encodes the rungs of a group and cuts them into their final segments. */
export async function makeGroup(deps: ActivityDependencies, task: TaskContext, group: GroupWork): Promise<MadeGroup> {
  await mkdir(group.folder);
  const encoded = await encode(deps, task, group);
  return { group, ...encoded, renditions: await cut(deps, task, group) };
}

async function encode(
  deps: ActivityDependencies,
  task: TaskContext,
  group: GroupWork,
): Promise<Pick<MadeGroup, 'bytesIn' | 'damaged' | 'showsDamage'>> {
  const { rungs, folder, progress, chunk, familyPlan } = group;
  const frames = chunk.endFrame - chunk.startFrame;
  return deps.sources.use(pictureSource(group.plan), async (source) => {
    const args = chunkArgs({
      ...group,
      sourceUrl: source.url,
      proof: proofFiles(folder, 'source'),
      outputs: rungs.map((rung) => ({ rung, path: join(folder, `${rung.name}.mp4`) })),
    });
    const onStdoutLine = (line: string) => {
      const frame = parseProgressFrame(line);
      if (frame !== null) task.percent = (progress.from + Math.min(1, frame / frames) * (progress.to - progress.from)) * ENCODE_PERCENT;
    };
    const encodeOnce = () => task.tool({ tool: deps.tools.ffmpeg, args, onStdoutLine });
    const { stderrTail } = await (familyPlan.encoder ? withSession(task.signal, encodeOnce) : encodeOnce());
    return { bytesIn: source.bytesRead(), damaged: tellsOfDamage(stderrTail), showsDamage: showsDamage(stderrTail) };
  });
}

async function cut(deps: ActivityDependencies, task: TaskContext, group: GroupWork): Promise<RenditionReport[]> {
  const { plan, family, rungs, folder, chunk } = group;
  const inputs = rungs.map((rung) => ({ path: join(folder, `${rung.name}.mp4`), folder: join(folder, rung.name) }));
  await Promise.all(inputs.map((input) => mkdir(input.folder)));
  await task.tool({ tool: deps.tools.packager, args: packagerVideoArgs({ family, inputs, grid: plan.grid, chunk }) });
  const offsetTicks = chunk.startFrame * plan.grid.frameRate.den;
  return Promise.all(
    rungs.map(({ name }) =>
      collectRendition(join(folder, name), { ref: videoRef(family.name, { name }), codec: family, offsetTicks, recipe: recipeOf(plan) }),
    ),
  );
}
