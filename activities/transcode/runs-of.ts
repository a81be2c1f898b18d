import { join } from 'node:path';
import type { ChunkPlan } from '../../temporal/contract/media/plan';
import type { RenditionReport } from '../../temporal/contract/media/reports';
import { capturesOfChunk } from '../../workflows/planning/encode/captures';
import { leadingGroups, pixelsOf, rungGroups } from '../../workflows/planning/encode/rung-groups';
import type { DrawnMark } from '../../workflows/planning/encode/watermark/draw-watermark';
import type { ChunkWork } from './chunk-work';
import type { GroupWork } from './make-group';

/** A stretch of a chunk, and the renditions of it that were made ahead. */
export interface Stretch {
  chunk: ChunkPlan;
  ahead: RenditionReport[];
}

interface RunsInput extends ChunkWork {
  mark: DrawnMark | null;
  stretches: readonly Stretch[];
  /** The smallest rungs of the chunk, which is one stretch, come in a run of their own before the others. */
  isLed: boolean;
}

/** The runs of the encoder that make what is left of a chunk, one after the other, in folders below `scratch`. */
export function runsOf(scratch: string, { stretches, isLed, ...work }: RunsInput): GroupWork[] {
  const isFirstFamily = work.familyPlan === work.plan.families[0];
  const runs = stretches.flatMap(({ chunk, ahead }) => {
    const captures = isFirstFamily ? capturesOfChunk(work.plan.thumbnails, chunk, scratch) : null;
    const groups = groupsOf(work, { ahead, isLed });
    return groups.map(({ rungs, leads }, index) => ({
      ...work,
      chunk,
      rungs,
      leads,
      // The last group has the least to encode where memory divides them.
      captures: index === groups.length - 1 ? captures : null,
    }));
  });
  const pixels = runs.map(({ chunk, rungs }) => (chunk.endFrame - chunk.startFrame) * pixelsOf(rungs));
  const all = sum(pixels);
  return runs.map((run, index) => ({
    ...run,
    folder: join(scratch, `run_${index}`),
    progress: { from: sum(pixels.slice(0, index)) / all, to: sum(pixels.slice(0, index + 1)) / all },
  }));
}

function groupsOf({ family, familyPlan }: ChunkWork, { ahead, isLed }: { ahead: readonly RenditionReport[]; isLed: boolean }) {
  const speed = familyPlan.speed ?? family.defaultSpeed;
  const led = isLed && ahead.length === 0 ? leadingGroups(family, familyPlan.rungs, speed) : null;
  const rest = familyPlan.rungs.filter(({ name }) => !ahead.some(({ ref }) => ref.name === name));
  const groups = led ? [led.lead, ...led.others] : rungGroups(family, rest, speed);
  return groups.map((rungs, index) => ({ rungs, leads: led !== null && index === 0 }));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
