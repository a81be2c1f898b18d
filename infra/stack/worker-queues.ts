import { availableParallelism } from 'node:os';
import type { Queue } from '../../temporal/contract/queues';

/** Slots per queue of the one worker process of an embedded stack: encoders use several threads each, waiting tasks none. */
const EMBEDDED_SLOTS: Partial<Record<Queue, number>> = {
  pipeline: 20,
  probe: 2,
  split: 2,
  'transcode-cpu': Math.max(1, Math.floor(availableParallelism() / 2)),
  audio: 1,
  thumbnail: 1,
  package: 4,
};

/** The queues of the embedded worker in the form of `WORKER_QUEUES`. */
export function embeddedWorkerQueues(): string {
  return Object.entries(EMBEDDED_SLOTS)
    .map(([queue, slots]) => `${queue}:${slots}`)
    .join(',');
}
