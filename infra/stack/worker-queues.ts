import { availableParallelism } from 'node:os';
import type { Queue } from '../../temporal/contract/queues';

/**
 * Slots per queue of the one worker process of an embedded stack. An encoder has one thread per rung and waits for its slowest
 * rung, so it takes as many chunks as cores to keep all of them busy to the end.
 */
const EMBEDDED_SLOTS: Partial<Record<Queue, number>> = {
  pipeline: 20,
  probe: 2,
  split: 2,
  'transcode-cpu': availableParallelism(),
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
