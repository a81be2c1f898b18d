import { SCALABLE_QUEUES, SLOT_NEEDS, WORKER_PROCESS_BYTES, type ScalableQueue } from '../../infra/machine/recommend-slots';

/** A shorter wait is normal between two tasks. */
const WAITED_MS = 3_000;
/** A worker that has just begun to serve is given this long to work the backlog off before another one is started. */
const SETTLE_MS = 10_000;
/** A queue whose worker failed is left alone for this long. */
const FAILED_PAUSE_MS = 30_000;
/** At most about so many processes for one queue: on a machine with many cores each has several slots. */
const MOST_WORKERS_PER_QUEUE = 8;

export interface ScalingLimits {
  /** Slots of each queue over all workers. */
  mostSlots: Readonly<Record<ScalableQueue, number>>;
  /** Slots of the worker that always runs. */
  baseSlots: Readonly<Record<ScalableQueue, number>>;
  /** For all workers that are added. */
  memoryBytes: number;
  /** How long a queue must be without a backlog before a worker goes. */
  quietMs: number;
}

/** A worker that was added. */
export interface ScaledWorker {
  name: string;
  queue: ScalableQueue;
  slots: number;
  state: 'starting' | 'serving' | 'draining';
  /** Null until it serves. */
  servingSinceMs: number | null;
  /** Null when unknown. */
  slotsUsed: number | null;
}

export interface QueueBacklog {
  queue: string;
  backlog: number;
  backlogAgeMs: number;
}

export interface ScalingLook {
  nowMs: number;
  queues: readonly QueueBacklog[];
  workers: readonly ScaledWorker[];
}

/** State between two decisions. */
export interface ScalingMemory {
  quietSinceMs: Partial<Record<ScalableQueue, number>>;
  failedAtMs: Partial<Record<ScalableQueue, number>>;
}

export type ScalingAction = { kind: 'start'; queue: ScalableQueue; slots: number } | { kind: 'drain'; name: string };

export const NOTHING_REMEMBERED: ScalingMemory = { quietSinceMs: {}, failedAtMs: {} };

/**
 * Decides on the backlogs: at most one action for a queue, and none while an earlier one is under way. Workers are
 * added when work waits, within the limits; one that is idle goes when its queue has been quiet, the newest first.
 */
export function decideScaling(
  limits: ScalingLimits,
  look: ScalingLook,
  memory: ScalingMemory,
): { actions: ScalingAction[]; memory: ScalingMemory } {
  const quietSinceMs = quietSince(look, memory);
  const actions: ScalingAction[] = [];
  let memoryLeft = limits.memoryBytes - look.workers.reduce((sum, worker) => sum + workerBytes(worker), 0);
  for (const queue of SCALABLE_QUEUES) {
    const own = look.workers.filter((worker) => worker.queue === queue);
    if (own.some(({ state }) => state !== 'serving')) continue;
    const slots = slotsToAdd({ limits, look, memory, memoryLeft }, queue, own);
    if (slots > 0) {
      actions.push({ kind: 'start', queue, slots });
      memoryLeft -= workerBytes({ queue, slots });
    }
    const idle = idleWorker(limits, look, own, quietSinceMs[queue]);
    if (idle) actions.push({ kind: 'drain', name: idle.name });
  }
  return { actions, memory: { ...memory, quietSinceMs } };
}

interface Room {
  limits: ScalingLimits;
  look: ScalingLook;
  memory: ScalingMemory;
  memoryLeft: number;
}

function slotsToAdd({ limits, look, memory, memoryLeft }: Room, queue: ScalableQueue, own: readonly ScaledWorker[]): number {
  const { backlog, backlogAgeMs } = backlogOf(look, queue);
  if (backlog === 0 || backlogAgeMs < WAITED_MS) return 0;
  if (look.nowMs - (memory.failedAtMs[queue] ?? -Infinity) < FAILED_PAUSE_MS) return 0;
  if (own.some(({ servingSinceMs }) => look.nowMs - (servingSinceMs ?? look.nowMs) < SETTLE_MS)) return 0;
  const most = limits.mostSlots[queue];
  const there = own.reduce((sum, { slots }) => sum + slots, limits.baseSlots[queue]);
  const fitting = Math.floor((memoryLeft - WORKER_PROCESS_BYTES) / SLOT_NEEDS[queue].memoryBytes);
  return Math.max(0, Math.min(Math.ceil(most / MOST_WORKERS_PER_QUEUE), most - there, fitting, backlog));
}

/** The newest one that may go, so that the oldest keep their caches. */
function idleWorker(
  limits: ScalingLimits,
  look: ScalingLook,
  own: readonly ScaledWorker[],
  quietSinceMs: number | undefined,
): ScaledWorker | undefined {
  if (quietSinceMs === undefined || look.nowMs - quietSinceMs < limits.quietMs) return undefined;
  return own.findLast(({ slotsUsed, servingSinceMs }) => slotsUsed === 0 && look.nowMs - (servingSinceMs ?? look.nowMs) >= limits.quietMs);
}

function quietSince({ nowMs, queues }: ScalingLook, memory: ScalingMemory): ScalingMemory['quietSinceMs'] {
  const quiet = queues.filter(({ backlog }) => backlog === 0).map(({ queue }) => queue as ScalableQueue);
  return Object.fromEntries(quiet.map((queue) => [queue, memory.quietSinceMs[queue] ?? nowMs]));
}

function backlogOf({ queues }: ScalingLook, queue: ScalableQueue): QueueBacklog {
  return queues.find((one) => one.queue === queue) ?? { queue, backlog: 0, backlogAgeMs: 0 };
}

function workerBytes({ queue, slots }: Pick<ScaledWorker, 'queue' | 'slots'>): number {
  return WORKER_PROCESS_BYTES + slots * SLOT_NEEDS[queue].memoryBytes;
}
