import type { Machine } from '../../infra/machine/machine';
import {
  recommendSlots,
  SCALABLE_QUEUES,
  SLOT_NEEDS,
  USABLE_SHARE,
  WORKER_PROCESS_BYTES,
  type ScalableQueue,
} from '../../infra/machine/recommend-slots';
import type { Queue } from '../../temporal/contract/queues';
import type { ScalingLimits } from './decide-scaling';

/** Upper limits for the workers of a machine: the slots recommended for it, and the memory that the base worker leaves. */
export function scalingLimits(machine: Machine, settings: { baseQueues: ReadonlyMap<Queue, number>; quietMs: number }): ScalingLimits {
  const recommended = new Map(recommendSlots(machine).map(({ queue, slots }) => [queue, slots]));
  const baseSlots = slotsOf((queue) => settings.baseQueues.get(queue) ?? 0);
  const base = SCALABLE_QUEUES.reduce((sum, queue) => sum + baseSlots[queue] * SLOT_NEEDS[queue].memoryBytes, WORKER_PROCESS_BYTES);
  return {
    mostSlots: slotsOf((queue) => recommended.get(queue) ?? 0),
    baseSlots,
    memoryBytes: machine.memoryBytes * USABLE_SHARE - base,
    quietMs: settings.quietMs,
  };
}

function slotsOf(count: (queue: ScalableQueue) => number): Record<ScalableQueue, number> {
  return Object.fromEntries(SCALABLE_QUEUES.map((queue) => [queue, count(queue)])) as Record<ScalableQueue, number>;
}
