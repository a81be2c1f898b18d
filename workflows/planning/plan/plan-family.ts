import type { Plan } from '../../../temporal/contract/media/plan';
import type { Family } from '../families/family';
import { planLadder } from './ladder';

/** The plan of a family that joins a title: its own ladder, on the grid and in the chunks of the title, whose pictures are taken already. */
export function planFamily(title: Plan, family: Family): Plan {
  const { width, height } = title.source.video;
  const rungs = planLadder(family, { width, height, frameRate: title.grid.frameRate });
  return { ...title, families: [{ family: family.name, rungs }], thumbnails: { ...title.thumbnails, captureFrames: [] } };
}
