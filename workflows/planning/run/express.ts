import type { ExpressSegment } from '../../../temporal/contract/activities';
import type { CodecFamily } from '../../../temporal/contract/media/families';
import type { FamilyPlan, Plan, VideoRung } from '../../../temporal/contract/media/plan';
import { expressRungs } from '../encode/rung-groups';
import { encoderOf } from '../families/hardware/encoder-of';
import { cutFor } from '../plan/stretches';
import { chunkWith } from './chunk-order';

/** A player asks for the segments behind the one that it waits for next. */
const SEGMENTS_AHEAD = 2;

/** The result of an activity stays below 1 KB. */
const MOST_SEGMENTS = 12;

/**
 * The segments to make before their chunks, for viewers who wait for some of them: those first, then those behind them. Empty for a family that
 * does not allow it.
 */
export function expressSegments(plan: Plan, family: CodecFamily, wanted: readonly number[]): ExpressSegment[] {
  const familyPlan = plan.families.find((one) => one.family === family);
  if (!familyPlan || rungsAhead(familyPlan).length === 0 || plan.segmentSeeksUs === undefined) return [];
  const inTitle = wanted.filter((segment) => chunkWith(plan, segment) !== undefined);
  const found = new Map<number, ExpressSegment>();
  for (let ahead = 0; ahead <= SEGMENTS_AHEAD; ahead++) {
    for (const one of inTitle) {
      const chunk = chunkWith(plan, one + ahead);
      if (!chunk) continue;
      const segment = cutFor(plan, chunk, one + ahead);
      if (!found.has(segment)) found.set(segment, { chunkIndex: chunk.index, segment, ...(ahead > 0 ? { isAhead: true } : {}) });
    }
  }
  return [...found.values()].slice(0, MOST_SEGMENTS);
}

/** The rungs of a family that are made before the others; empty where hardware encodes it, which the CPU must not do in its place. */
export function rungsAhead(familyPlan: FamilyPlan): readonly VideoRung[] {
  if (familyPlan.encoder) return [];
  const family = encoderOf(familyPlan);
  return expressRungs(family, familyPlan.rungs, familyPlan.speed ?? family.defaultSpeed);
}
