import { GPU_QUEUE, NOTIFY_QUEUE, WORKFLOW_QUEUE, type Queue } from '../../../temporal/contract/queues';
import { machineCores, machineGpus } from '../../machine/machine';

/**
 * Slots per queue of the one worker process of an embedded stack. An encoder has one thread per rung and waits for its slowest
 * rung, so it takes as many chunks as cores to keep all of them busy to the end.
 */
const EMBEDDED_SLOTS: Partial<Record<Queue, number>> = {
  [WORKFLOW_QUEUE]: 20,
  ingest: 4,
  probe: 2,
  split: 2,
  'transcode-cpu': machineCores(),
  // What a GPU can do, the worker finds out.
  ...(machineGpus() > 0 ? { [GPU_QUEUE]: machineGpus() } : {}),
  audio: 1,
  thumbnail: 1,
  subtitle: 1,
  speech: 1,
  moderation: 1,
  package: 4,
  verify: 2,
  drm: 2,
  ts: 1,
  [NOTIFY_QUEUE]: 1,
};

/** Of the one that always runs beside an autoscaler: enough to begin with everything; what waits brings more workers. */
const BASE_SLOTS: Partial<Record<Queue, number>> = {
  ...EMBEDDED_SLOTS,
  ingest: 1,
  probe: 1,
  'transcode-cpu': 1,
  package: 1,
  verify: 1,
  drm: 1,
};

/** The queues of the embedded worker in the form of `WORKER_QUEUES`. */
export function embeddedWorkerQueues({ autoscaled }: { autoscaled: boolean }): string {
  return Object.entries(autoscaled ? BASE_SLOTS : EMBEDDED_SLOTS)
    .map(([queue, slots]) => `${queue}:${slots}`)
    .join(',');
}
