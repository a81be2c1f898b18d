import type { Task } from '../../../infra/database/task';
import type { Plan } from '../../../temporal/contract/media/plan';

/** From and to, as shares of the title from 0 to 1. */
type Part = [from: number, to: number];

/** Parts of a title that plays while it is encoded, in their order and without overlaps. */
export interface TitleParts {
  /** There in some rendition at least. */
  made: Part[];
  atWork: Part[];
}

type Row = Pick<Task, 'taskType' | 'codec' | 'segmentIndex' | 'status'>;

/** What is there of the family that is published first, as the rows of its tasks tell. The title is open, so its first chunk has begun to be there. */
export function partsOf({ grid, chunks, families }: Pick<Plan, 'grid' | 'chunks' | 'families'>, rows: readonly Row[]): TitleParts {
  const own = rows.filter(({ codec }) => codec === families[0]?.family);
  const share = (startFrame: number, endFrame: number): Part => [startFrame / grid.frameCount, Math.min(1, endFrame / grid.frameCount)];
  const partsIn = (isIn: (row: Row) => boolean): Part[] =>
    own.filter(isIn).flatMap(({ taskType, segmentIndex }) => {
      const index = segmentIndex ?? 0;
      if (taskType === 'express') return [share(index * grid.framesPerSegment, (index + 1) * grid.framesPerSegment)];
      const chunk = taskType === 'transcode' ? chunks[index] : undefined;
      return chunk ? [share(chunk.startFrame, chunk.endFrame)] : [];
    });
  const isMade = ({ status, taskType, segmentIndex }: Row) => status === 'completed' || (taskType === 'transcode' && segmentIndex === 0);
  return {
    made: joined(partsIn(isMade)),
    atWork: joined(partsIn((row) => row.status === 'running' && !isMade(row))),
  };
}

function joined(parts: readonly Part[]): Part[] {
  const result: Part[] = [];
  for (const [from, to] of [...parts].sort(([a], [b]) => a - b)) {
    const last = result.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else result.push([from, to]);
  }
  return result;
}
