import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@nestjs/common';
import type { Worker } from '@temporalio/worker';
import { recheckAfterMs } from '../../activities/task/fitness';
import { UNFIT_REASONS, type Queue, type UnfitReason } from '../../temporal/contract/queues';
import type { FitnessMonitor } from './fitness-monitor';
import type { Unfit, WorkerChecks } from './worker-checks';

/** Failures that came one after the other may stop by themselves, and each further try costs a task one. */
const FIRST_LOOK_AFTER_FAILURES = 5;
const RETRY_CREATE_MS = 2_000;

export interface QueueService {
  queue: Queue;
  monitor: FitnessMonitor;
  checks: WorkerChecks;
  /** Makes the worker that serves the queue. */
  createWorker(): Promise<Worker>;
  /** Makes the worker that polls nothing but a queue whose name tells the reason. */
  createSign(reason: UnfitReason): Promise<Worker>;
  /** Told on every change; null when the worker is fit. */
  onFitness(reason: UnfitReason | null): void;
  logger: Pick<Logger, 'log' | 'warn' | 'error'>;
}

/**
 * Serves a queue for as long as this worker is fit for it, from a first look at itself on, and comes back when it is fit again.
 * Resolves once `stop` is aborted and everything is drained. Rejects when a worker dies.
 */
export async function serveQueue(service: QueueService, stop: AbortSignal): Promise<void> {
  let unfit = await service.checks.find(service.queue, { awayCounts: true, long: false });
  let isFirst = !unfit;
  let looks = 0;
  let onTrial = false;
  while (!stop.aborted) {
    if (unfit) {
      service.logger.error(`unfit for ${service.queue}: ${describe(unfit)}`);
      onTrial = unfit.reason === 'failures';
      looks = await untilFit(service, unfit, { stop, looks: Math.max(looks, onTrial ? FIRST_LOOK_AFTER_FAILURES : 0) });
      if (stop.aborted) return;
      service.logger.log(`fit for ${service.queue} again`);
    }
    // A worker that cannot be made at all ends its process with the reason.
    const worker = isFirst ? await service.createWorker() : await patiently(service, () => service.createWorker(), stop);
    isFirst = false;
    if (!worker) return;
    service.onFitness(null);
    unfit = await untilUnfit(service, worker, { stop, onTrial });
    // A worker that leaves again before it has succeeded with anything waits for longer.
    if (!service.monitor.isOnTrial(service.queue)) looks = 0;
  }
}

/** Serves until it is unfit, or null until it is told to stop; either way after its drain. */
async function untilUnfit(
  { queue, monitor }: QueueService,
  worker: Worker,
  { stop, onTrial }: { stop: AbortSignal; onTrial: boolean },
): Promise<Unfit | null> {
  let unfit: Unfit | null = null;
  const shutdown = () => {
    if (worker.getState() === 'RUNNING') worker.shutdown();
  };
  const running = worker.run();
  monitor.serve(queue, {
    onTrial,
    leave: (found) => {
      unfit = found;
      shutdown();
    },
  });
  if (stop.aborted) shutdown();
  stop.addEventListener('abort', shutdown);
  try {
    await running;
  } finally {
    stop.removeEventListener('abort', shutdown);
  }
  return unfit;
}

/** Looks at itself again and again, ever later, with a sign out for everybody who lists workers. Resolves to the number of looks. */
async function untilFit(service: QueueService, first: Unfit, { stop, looks }: { stop: AbortSignal; looks: number }): Promise<number> {
  let unfit: Unfit | null = first;
  let look = looks;
  let sign: Sign | undefined;
  while (unfit && !stop.aborted) {
    if (sign?.reason !== unfit.reason) {
      await sign?.takeDown();
      sign = await putUpSign(service, unfit.reason, stop);
    }
    await sleep(recheckAfterMs(++look), undefined, { signal: stop }).catch(() => undefined);
    if (!stop.aborted) unfit = await service.checks.find(service.queue, { awayCounts: true, long: first.reason === 'failures' });
  }
  await sign?.takeDown();
  return look;
}

interface Sign {
  reason: UnfitReason;
  takeDown(): Promise<void>;
}

async function putUpSign(service: QueueService, reason: UnfitReason, stop: AbortSignal): Promise<Sign | undefined> {
  service.onFitness(reason);
  const worker = await patiently(service, () => service.createSign(reason), stop);
  if (!worker) return undefined;
  // A sign that fell is missed by people only; its end is waited for when it is taken down.
  const ended = worker
    .run()
    .catch((error: unknown) => service.logger.warn(`others do not see that this worker is unfit: ${String(error)}`));
  return {
    reason,
    takeDown: () => {
      if (worker.getState() === 'RUNNING') worker.shutdown();
      return ended;
    },
  };
}

/** Repeats until the workflow service answers; undefined when told to stop before. */
async function patiently({ logger }: QueueService, create: () => Promise<Worker>, stop: AbortSignal): Promise<Worker | undefined> {
  while (!stop.aborted) {
    try {
      return await create();
    } catch (error) {
      logger.warn(`the workflow service is not ready: ${error instanceof Error ? error.message : String(error)}`);
      await sleep(RETRY_CREATE_MS, undefined, { signal: stop }).catch(() => undefined);
    }
  }
  return undefined;
}

/** For the log of this worker; tools print no secret, and URLs with a password are not in messages of drivers. */
function describe({ reason, error }: Unfit): string {
  const causes: string[] = [];
  for (let current = error; current instanceof Error; current = current.cause) causes.push(current.message);
  return [UNFIT_REASONS[reason], ...causes].join(' ');
}
