import type { EncodingRequest } from '../../../temporal/contract/media/encoding';
import type { Plan } from '../../../temporal/contract/media/plan';
import type { Family } from '../families/family';
import { planRenditions } from './ladder';

/**
 * The plan of a family that joins a title: its own ladder, on the grid and in the chunks of the title, whose pictures are taken already.
 * Renditions of a later `revision` than 1 have names of their own.
 */
export function planFamily(title: Plan, family: Family, { revision, encoding }: { revision: number; encoding: EncodingRequest }): Plan {
  const planned = planRenditions(family, { ...title.source.video, frameRate: title.grid.frameRate }, encoding);
  const rungs = revision === 1 ? planned.rungs : planned.rungs.map((rung) => ({ ...rung, name: `${rung.name}_r${revision}` }));
  return { ...title, families: [{ ...planned, rungs }], thumbnails: { ...title.thumbnails, captureFrames: [] } };
}
