import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@nestjs/common';
import type { Client } from '@temporalio/client';
import { Runtime, Worker, type NativeConnection } from '@temporalio/worker';
import { activitiesByQueue } from '../../activities';
import type { WorkerDependencies } from '../../activities/worker-dependencies';
import type { TemporalConfig } from '../../temporal/client';
import { EXPRESS_QUEUE, unfitQueue, WORKFLOW_QUEUE, type Queue, type UnfitReason } from '../../temporal/contract/queues';
import { connectNative, keepApiKey } from '../../temporal/native-connection';
import { checkSetup } from '../../temporal/setup';
import { workerOptions } from '../../temporal/worker-options';
import { serveQueue, type QueueService } from './serve-queue';
import { watchActivities } from './watch-activities';
import type { WorkerFitness } from './worker-fitness';

const RETRY_CONNECT_MS = 2_000;

export interface WorkerPlan {
  temporal: TemporalConfig;
  /** Slots of each queue this process serves. */
  queues: ReadonlyMap<Queue, number>;
  /** How long running tasks may go on once the process is told to stop. */
  shutdownGraceMs: number;
  deps: WorkerDependencies;
  fitness: WorkerFitness;
  /** File that holds the bundled workflow code. */
  workflowBundlePath: string;
}

/**
 * Serves the queues until `stop`, then drains: takes nothing more, lets running tasks finish within the grace and hands
 * back the rest. Waits for the workflow service to come up. A queue for which this worker is unfit is left until it is fit again.
 * Rejects when a worker dies, after the others have drained.
 */
export async function runWorkers(plan: WorkerPlan, client: Client, { stop, logger }: { stop: AbortSignal; logger: Logger }): Promise<void> {
  const connection = await connect(plan.temporal, client, { stop, logger });
  if (!connection) return;
  const stopKeeping = keepApiKey(connection, plan.temporal);
  // One dead worker would leave a process that looks alive and serves half its queues.
  const failed = new AbortController();
  const ending = AbortSignal.any([stop, failed.signal]);
  const gauge = Runtime.instance().metricMeter.createGauge('sprocket_worker_unfit', 'int', '1', '1 while the worker has left the queue');
  stop.addEventListener('abort', () => logger.log(`draining: running tasks have ${plan.shutdownGraceMs / 1000} s`), { once: true });
  try {
    const runs = [...withExpress(plan.queues)].map(([queue, slots]) => {
      const onFitness = (reason: UnfitReason | null) => {
        gauge.set(reason ? 1 : 0, { queue });
        if (!reason) logger.log(`serving ${queue} (${slots})`);
      };
      const service = queueService(plan, connection, { queue, slots, logger });
      return serveQueue({ ...service, onFitness, logger }, ending).catch((error: unknown) => {
        failed.abort();
        throw error;
      });
    });
    const ends = await Promise.allSettled(runs);
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  } finally {
    plan.fitness.monitor.stop();
    stopKeeping();
    await connection.close();
  }
}

/** A worker that encodes on the CPU keeps a slot for what viewers wait for: it must not wait behind minutes of bulk. */
function withExpress(queues: WorkerPlan['queues']): WorkerPlan['queues'] {
  return queues.has('transcode-cpu') ? new Map([...queues, [EXPRESS_QUEUE, 1]]) : queues;
}

/** Null when told to stop before there was a connection. */
async function connect(
  config: TemporalConfig,
  client: Client,
  { stop, logger }: { stop: AbortSignal; logger: Logger },
): Promise<NativeConnection | null> {
  let lastMessage = '';
  while (!stop.aborted) {
    try {
      await checkSetup(client, (message) => logger.warn(message));
      return await connectNative(config);
    } catch (error) {
      const message = `the workflow service is not ready: ${describe(error)}`;
      // Once per reason: the wait may be long.
      if (message !== lastMessage) logger.warn(message);
      lastMessage = message;
      // A stop ends the wait.
      await sleep(RETRY_CONNECT_MS, undefined, { signal: stop }).catch(() => undefined);
    }
  }
  return null;
}

/** A failure says what is missing, or has the reason of the network as its cause. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} ${error.cause.message}` : error.message;
}

function queueService(
  plan: WorkerPlan,
  connection: NativeConnection,
  { queue, slots, logger }: { queue: Queue; slots: number; logger: Logger },
): Omit<QueueService, 'onFitness' | 'logger'> {
  const { deps, fitness } = plan;
  const base = { connection, namespace: plan.temporal.namespace, identity: deps.workerId };
  return {
    queue,
    ...fitness,
    createWorker: () =>
      Worker.create({
        ...workerOptions({ queue, slots, shutdownGraceMs: plan.shutdownGraceMs }),
        ...base,
        activities: activitiesByQueue(deps)[queue] ?? {},
        interceptors: watchActivities(fitness.monitor, queue, logger),
        ...(queue === WORKFLOW_QUEUE ? { workflowBundle: { codePath: plan.workflowBundlePath } } : {}),
      }),
    createSign: (reason) =>
      Worker.create({
        ...base,
        taskQueue: unfitQueue(queue, reason),
        activities: { none: () => Promise.resolve() },
        maxConcurrentActivityTaskExecutions: 1,
        maxConcurrentActivityTaskPolls: 1,
      }),
  };
}
