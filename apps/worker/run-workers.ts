import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@nestjs/common';
import type { Client, Connection } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { activitiesByQueue } from '../../activities';
import type { ActivityDependencies } from '../../activities/activity-dependencies';
import { ensureSearchAttributes, type TemporalConfig } from '../../temporal/client';
import type { Queue } from '../../temporal/contract/queues';
import { workerOptions } from '../../temporal/worker-options';

const RETRY_CONNECT_MS = 2_000;

export interface WorkerPlan {
  temporal: TemporalConfig;
  /** Slots of each queue this process serves. */
  queues: ReadonlyMap<Queue, number>;
  deps: ActivityDependencies;
  /** File that holds the bundled workflow code. */
  workflowBundlePath: string;
}

/**
 * Serves the queues until the process is told to stop, then drains. Waits for the workflow service to come up.
 * Rejects when a worker dies, after the others have drained.
 */
export async function runWorkers(plan: WorkerPlan, client: Client, logger: Logger): Promise<void> {
  const connection = await connect(plan.temporal, client, logger);
  try {
    const workers = await Promise.all([...plan.queues].map(([queue, slots]) => createWorker(plan, connection, { queue, slots })));
    logger.log(`serving ${[...plan.queues].map(([queue, slots]) => `${queue} (${slots})`).join(', ')}`);
    await Promise.all(workers.map((worker) => runOrStopAll(worker, workers)));
  } finally {
    await connection.close();
  }
}

async function connect(config: TemporalConfig, client: Client, logger: Logger): Promise<NativeConnection> {
  for (;;) {
    try {
      const connection = await NativeConnection.connect({ address: config.address });
      await ensureSearchAttributes(client.connection as Connection, config.namespace);
      return connection;
    } catch (error) {
      logger.warn(`the workflow service is not ready: ${error instanceof Error ? error.message : String(error)}`);
      await sleep(RETRY_CONNECT_MS);
    }
  }
}

function createWorker(plan: WorkerPlan, connection: NativeConnection, { queue, slots }: { queue: Queue; slots: number }): Promise<Worker> {
  const activities = activitiesByQueue(plan.deps)[queue] ?? {};
  return Worker.create({
    ...workerOptions(queue, slots),
    connection,
    namespace: plan.temporal.namespace,
    identity: plan.deps.workerId,
    activities,
    ...(queue === 'pipeline' ? { workflowBundle: { codePath: plan.workflowBundlePath } } : {}),
  });
}

/** One dead worker would leave a process that looks alive and serves half its queues. */
async function runOrStopAll(worker: Worker, all: readonly Worker[]): Promise<void> {
  try {
    await worker.run();
  } finally {
    for (const other of all) if (other.getState() === 'RUNNING') other.shutdown();
  }
}
