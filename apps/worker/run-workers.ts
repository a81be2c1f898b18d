import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@nestjs/common';
import type { Client, Connection } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { activitiesByQueue } from '../../activities';
import type { WorkerDependencies } from '../../activities/worker-dependencies';
import { ensureSearchAttributes, type TemporalConfig } from '../../temporal/client';
import { WORKFLOW_QUEUE, type Queue } from '../../temporal/contract/queues';
import { workerOptions } from '../../temporal/worker-options';

const RETRY_CONNECT_MS = 2_000;

export interface WorkerPlan {
  temporal: TemporalConfig;
  /** Slots of each queue this process serves. */
  queues: ReadonlyMap<Queue, number>;
  /** How long running tasks may go on once the process is told to stop. */
  shutdownGraceMs: number;
  deps: WorkerDependencies;
  /** File that holds the bundled workflow code. */
  workflowBundlePath: string;
}

/**
 * Serves the queues until `stop`, then drains: takes nothing more, lets running tasks finish within the grace and hands
 * back the rest. Waits for the workflow service to come up. Rejects when a worker dies, after the others have drained.
 */
export async function runWorkers(plan: WorkerPlan, client: Client, { stop, logger }: { stop: AbortSignal; logger: Logger }): Promise<void> {
  const connection = await connect(plan.temporal, client, { stop, logger });
  if (!connection) return;
  try {
    const workers = await Promise.all([...plan.queues].map(([queue, slots]) => createWorker(plan, connection, { queue, slots })));
    logger.log(`serving ${[...plan.queues].map(([queue, slots]) => `${queue} (${slots})`).join(', ')}`);
    const runs = workers.map((worker) => runOrStopAll(worker, workers));
    const drain = () => {
      logger.log(`draining: running tasks have ${plan.shutdownGraceMs / 1000} s`);
      stopAll(workers);
    };
    if (stop.aborted) drain();
    else stop.addEventListener('abort', drain, { once: true });
    const ends = await Promise.allSettled(runs);
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  } finally {
    await connection.close();
  }
}

/** Null when told to stop before there was a connection. */
async function connect(
  config: TemporalConfig,
  client: Client,
  { stop, logger }: { stop: AbortSignal; logger: Logger },
): Promise<NativeConnection | null> {
  while (!stop.aborted) {
    try {
      const connection = await NativeConnection.connect({ address: config.address });
      await ensureSearchAttributes(client.connection as Connection, config.namespace);
      return connection;
    } catch (error) {
      logger.warn(`the workflow service is not ready: ${error instanceof Error ? error.message : String(error)}`);
      // A stop ends the wait.
      await sleep(RETRY_CONNECT_MS, undefined, { signal: stop }).catch(() => undefined);
    }
  }
  return null;
}

function createWorker(plan: WorkerPlan, connection: NativeConnection, { queue, slots }: { queue: Queue; slots: number }): Promise<Worker> {
  const activities = activitiesByQueue(plan.deps)[queue] ?? {};
  return Worker.create({
    ...workerOptions({ queue, slots, shutdownGraceMs: plan.shutdownGraceMs }),
    connection,
    namespace: plan.temporal.namespace,
    identity: plan.deps.workerId,
    activities,
    ...(queue === WORKFLOW_QUEUE ? { workflowBundle: { codePath: plan.workflowBundlePath } } : {}),
  });
}

/** One dead worker would leave a process that looks alive and serves half its queues. */
async function runOrStopAll(worker: Worker, all: readonly Worker[]): Promise<void> {
  try {
    await worker.run();
  } finally {
    stopAll(all);
  }
}

function stopAll(workers: readonly Worker[]): void {
  for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
}
