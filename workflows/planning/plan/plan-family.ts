import type { Plan } from '../../../temporal/contract/media/plan';
import type { Family } from '../families/family';
import { planLadder } from './ladder';

/**
 * The plan of a family that joins a title: its own ladder, on the grid and in the chunks of the title, whose pictures are taken already.
 * Renditions of a later `revision` than 1 have names of their own.
 */
export function planFamily(title: Plan, family: Family, revision: number): Plan {
  const { width, height } = title.source.video;
  const ladder = planLadder(family, { width, height, frameRate: title.grid.frameRate });
  const rungs = revision === 1 ? ladder : ladder.map((rung) => ({ ...rung, name: `${rung.name}_r${revision}` }));
  return { ...title, families: [{ family: family.name, rungs }], thumbnails: { ...title.thumbnails, captureFrames: [] } };
}
