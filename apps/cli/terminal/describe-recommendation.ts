import type { Machine } from '../../../infra/machine/machine';
import { isLargeEnough, queuesText, recommendSlots, type Bound } from '../../../infra/machine/recommend-slots';
import { GIB } from '../../../temporal/contract/units';

const REASONS: Record<Bound, string> = {
  cores: 'bound by cores',
  gpus: 'one for each GPU',
  memory: 'bound by memory',
  disk: 'bound by scratch disk',
  kind: 'enough for this kind of work',
};

/** The slots that a machine has room for, as text that ends with the command that starts such a worker. */
export function describeRecommendation(machine: Machine): string {
  const slots = recommendSlots(machine);
  const gib = (bytes: number) => `${(bytes / GIB).toFixed(1)} GiB`;
  return [
    `cores     ${Number(machine.cores.toFixed(2))}`,
    `memory    ${gib(machine.memoryBytes)}`,
    `scratch   ${gib(machine.scratchBytes)} free`,
    '',
    ...slots.map(({ queue, slots: count, bound }) => `${queue.padEnd(16)}${String(count).padEnd(5)}${REASONS[bound]}`),
    '',
    ...(isLargeEnough(machine) ? [] : ['This machine is too small for one task of every kind at once: 2160p sources may fail here.', '']),
    `npm run worker -- --queues ${queuesText(slots)}`,
    '',
  ].join('\n');
}
