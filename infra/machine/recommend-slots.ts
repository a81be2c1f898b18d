import { GPU_QUEUE, NOTIFY_QUEUE, WORKFLOW_QUEUE, type Queue } from '../../temporal/contract/queues';
import type { Machine } from './machine';
import { TRANSCODE_SLOT_MEMORY_BYTES } from '../../temporal/contract/media/families';
import { MIB, GIB } from '../../temporal/contract/units';

/** The bound on the slots of a queue on a machine; `kind`: more slots would not help this kind of work. */
export type Bound = 'cores' | 'gpus' | 'memory' | 'disk' | 'kind';

export interface QueueSlots {
  queue: Queue;
  slots: number;
  bound: Bound;
}

export interface SlotNeed {
  memoryBytes: number;
  scratchBytes: number;
}

/**
 * Needs of a running task beside the worker process. Memory: peaks of `npm run bench:slots` for the dearest source, ten bits
 * of HDR in 2160p, rounded up (probe 319 MiB, audio 65, three samples of quality at once 3 x 1294; thumbnails
 * end too soon to be measured; moderation: the model 164 MiB, the decoder of a 240p rendition 44). Disk: what the longest chunk of that ladder may take, with ample room for the others.
 */
export const SLOT_NEEDS = {
  // Two parts in memory, each once more while it is sent; nothing on the disk.
  ingest: { memoryBytes: 128 * MIB, scratchBytes: GIB / 16 },
  probe: { memoryBytes: 512 * MIB, scratchBytes: GIB },
  'transcode-cpu': { memoryBytes: TRANSCODE_SLOT_MEMORY_BYTES, scratchBytes: GIB },
  // Decoder and scaler work as for the CPU; the frames of the encoders are on the GPU.
  [GPU_QUEUE]: { memoryBytes: TRANSCODE_SLOT_MEMORY_BYTES, scratchBytes: GIB },
  audio: { memoryBytes: 128 * MIB, scratchBytes: GIB / 4 },
  thumbnail: { memoryBytes: 256 * MIB, scratchBytes: GIB / 4 },
  subtitle: { memoryBytes: 128 * MIB, scratchBytes: GIB / 4 },
  // The engine with three minutes of sound; on the disk are the rendition and what is decoded of it, for a title of six hours.
  speech: { memoryBytes: 512 * MIB, scratchBytes: GIB },
  moderation: { memoryBytes: 256 * MIB, scratchBytes: GIB / 4 },
  package: { memoryBytes: 256 * MIB, scratchBytes: GIB / 4 },
  verify: { memoryBytes: 4 * GIB, scratchBytes: GIB / 4 },
  // The packager, and segments on their way; on the disk a minute of all rungs of a 2160p ladder, twice.
  drm: { memoryBytes: 512 * MIB, scratchBytes: GIB },
  // A copying ffmpeg, and segments on their way; on the disk a minute of the largest rung, twice.
  ts: { memoryBytes: 256 * MIB, scratchBytes: GIB },
} as const satisfies Partial<Record<Queue, SlotNeed>>;

export type ScalableQueue = keyof typeof SLOT_NEEDS;

export const SCALABLE_QUEUES = Object.keys(SLOT_NEEDS) as ScalableQueue[];

/** A worker process with its source cache, as `npm run bench:memory` measured it, rounded up. */
export const WORKER_PROCESS_BYTES = 320 * MIB;

/** The rest is for the page cache and other processes on the machine. */
export const USABLE_SHARE = 0.9;

/** Work that takes moments or mostly waits: one of these to so many cores keeps up with the encoders. */
const CORES_PER_SLOT = {
  ingest: 2,
  probe: 2,
  audio: 4,
  thumbnail: 4,
  subtitle: 16,
  speech: 16,
  moderation: 16,
  package: 8,
  verify: 8,
  drm: 4,
  ts: 8,
} as const;

/** A chunk on a GPU decodes and scales on the CPU meanwhile. */
const CORES_PER_GPU_SLOT = 2;

/** Workflows and their bookkeeping take milliseconds of the worker process itself. */
const LIGHT_SLOTS: readonly QueueSlots[] = [
  { queue: WORKFLOW_QUEUE, slots: 20, bound: 'kind' },
  { queue: 'split', slots: 2, bound: 'kind' },
  // One dispatcher sends all there is; others wait to take its place.
  { queue: NOTIFY_QUEUE, slots: 1, bound: 'kind' },
];

/**
 * The slots of one worker that has the whole machine. Every queue gets at least one, that of GPUs one for each; the encoders get the memory that the others leave,
 * and one slot per core, since an encoder waits for its slowest rung.
 */
export function recommendSlots(machine: Machine): QueueSlots[] {
  const others = Object.entries(CORES_PER_SLOT).map(([queue, cores]): QueueSlots => {
    return { queue: queue as ScalableQueue, slots: Math.max(1, Math.floor(machine.cores / cores)), bound: 'cores' };
  });
  const within = [...others, ...gpuSlots(machine)].map((one) => withinDisk(one, machine));
  const taken = within.reduce(
    (sum, { queue, slots }) => sum + slots * SLOT_NEEDS[queue as ScalableQueue].memoryBytes,
    WORKER_PROCESS_BYTES,
  );
  return [...LIGHT_SLOTS, encoderSlots(machine, machine.memoryBytes * USABLE_SHARE - taken), ...within];
}

/** `pipeline:20,probe:2`, as `--queues` and `WORKER_QUEUES` take it. */
export function queuesText(slots: readonly QueueSlots[]): string {
  return slots.map(({ queue, slots: count }) => `${queue}:${count}`).join(',');
}

/** Whether the machine has the memory and the disk for one slot of each queue. */
export function isLargeEnough({ memoryBytes, scratchBytes, gpus = 0 }: Machine): boolean {
  const needs = SCALABLE_QUEUES.filter((queue) => queue !== GPU_QUEUE || gpus > 0).map((queue) => SLOT_NEEDS[queue]);
  const memory = needs.reduce((sum, need) => sum + need.memoryBytes, WORKER_PROCESS_BYTES);
  return memory <= memoryBytes * USABLE_SHARE && Math.max(...needs.map((need) => need.scratchBytes)) <= scratchBytes;
}

/** One for each GPU: a chunk takes an encode session for every rung, and consumer cards have eight. */
function gpuSlots({ gpus = 0, cores }: Machine): QueueSlots[] {
  if (gpus === 0) return [];
  const most = Math.max(1, Math.floor(cores / CORES_PER_GPU_SLOT));
  return [{ queue: GPU_QUEUE, slots: Math.min(gpus, most), bound: gpus <= most ? 'gpus' : 'cores' }];
}

function encoderSlots(machine: Machine, memoryLeft: number): QueueSlots {
  const need = SLOT_NEEDS['transcode-cpu'];
  const bounds: [Bound, number][] = [
    ['cores', machine.cores],
    ['memory', memoryLeft / need.memoryBytes],
    ['disk', machine.scratchBytes / need.scratchBytes],
  ];
  const [bound, most] = bounds.reduce((least, one) => (Math.floor(one[1]) < Math.floor(least[1]) ? one : least));
  return { queue: 'transcode-cpu', slots: Math.max(1, Math.floor(most)), bound };
}

function withinDisk(one: QueueSlots, { scratchBytes }: Machine): QueueSlots {
  const most = Math.max(1, Math.floor(scratchBytes / SLOT_NEEDS[one.queue as ScalableQueue].scratchBytes));
  return most < one.slots ? { ...one, slots: most, bound: 'disk' } : one;
}
