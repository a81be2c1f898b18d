import { join } from 'node:path';
import { Failure } from '../../temporal/contract/failures';
import type { VideoRung } from '../../temporal/contract/media/plan';
import { clearPlace } from '../../temporal/contract/object-keys';
import type { RenditionReport } from '../../temporal/contract/media/reports';
import { checkChunk } from '../../workflows/planning/proof/check-chunk';
import { SIGNATURE_SIZE } from '../../workflows/planning/proof/signatures';
import { unmarkedCells } from '../../workflows/planning/encode/watermark/unmarked-cells';
import { uploadRendition } from '../renditions/upload-rendition';
import type { ActivityDependencies } from '../task/activity-dependencies';
import type { TaskContext } from '../task/run-task';
import { makeGroup, type GroupWork, type MadeGroup } from './make-group';
import { proveFrames } from './prove-chunk';

/** Makes the rungs of a group and proves them. Throws like {@link throwProblem}. */
export async function makeProved(deps: ActivityDependencies, task: TaskContext, group: GroupWork): Promise<MadeGroup> {
  const made = await makeGroup(deps, task, group);
  throwProblem([made], checkChunk(group.plan.grid, group.chunk, made.renditions) ?? (await proveGroup(deps, task, made)));
  return made;
}

/** Throws `OutputInvalid` when there is a problem, `SourceUnreadable` where the decoder told of damage. */
export function throwProblem(made: readonly Pick<MadeGroup, 'damaged'>[], problem: string | null): void {
  if (!problem) return;
  if (made.some(({ damaged }) => damaged)) {
    const sentence = 'Not all of the picture can be decoded: the file is damaged there, or its codec changes in the middle.';
    throw new Failure('SourceUnreadable', sentence, { cause: new Error(problem) });
  }
  throw new Failure('OutputInvalid', `A chunk did not pass its check: ${problem}.`);
}

/** Stores the segments of a group, with the init segments in the first chunk of a title. Resolves to the bytes stored. */
export async function uploadGroup(task: TaskContext, { group, renditions }: MadeGroup): Promise<number> {
  const sizes = await Promise.all(
    renditions.map((report) => {
      const path = join(group.folder, report.ref.name);
      return uploadRendition(task.objects, clearPlace(group.plan), {
        path,
        report,
        withInit: group.chunk.startFrame === 0,
        signal: task.signal,
      });
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** The lowest rung of a run is proved: the others are made of the same frames. Resolves to the problem, or null. */
async function proveGroup(
  deps: ActivityDependencies,
  task: TaskContext,
  { group, renditions, damaged }: MadeGroup,
): Promise<string | null> {
  const rendition = renditions.at(-1) as RenditionReport;
  const folder = join(group.folder, rendition.ref.name);
  const rung = group.rungs.at(-1) as VideoRung;
  const cells = unmarkedCells(group.plan.watermark, rung, SIGNATURE_SIZE);
  const { maxrateBps } = rung;
  const ffmpeg = (args: string[]) => task.tool({ tool: deps.tools.ffmpeg, args });
  return proveFrames({ ...group, rendition, folder, damaged, cells, scratch: group.folder, maxrateBps, ffmpeg });
}
