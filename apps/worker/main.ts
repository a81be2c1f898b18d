import 'reflect-metadata';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Client } from '@temporalio/client';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import type { WorkerDependencies } from '../../activities/worker-dependencies';
import { claimScratch } from '../../activities/scratch/scratch';
import { openToolGroups, toolMemoryBytes } from '../../activities/media-tools/tool-groups';
import { CORE_DUMPS_WARNING, forbidCoreDumps } from '../../infra/machine/core-dumps';
import { freePort } from '../../infra/machine/free-port';
import { thisMachine } from '../../infra/machine/machine';
import { WORKER_HEARTBEAT_INTERVAL_MS } from '../../temporal/queue-state';
import { NestLog } from '../logging/nest-log';
import type { ProgramLog } from '../logging/program-log';
import { runService } from '../logging/run-service';
import { writeSdkEntry } from '../logging/temporal-log';
import { runWorkers } from './run-workers';
import { followScratchDisk } from './metrics/scratch-metrics';
import { HISTOGRAM_BUCKETS, TaskMetrics } from './metrics/task-metrics';
import { refuseFolder } from '../settings/secret-file';
import { stopSignal } from '../stop-signal';
import { parseWorkerConfig } from './worker-settings';
import { yieldToServers } from './yield-to-servers';
import { DEPENDENCIES, FITNESS, TEMPORAL, WorkerModule } from './worker.module';
import type { WorkerFitness } from './worker-fitness';

async function main(log: ProgramLog): Promise<void> {
  const isSafe = forbidCoreDumps();
  const stop = stopSignal();
  yieldToServers();
  const config = parseWorkerConfig(process.env);
  Logger.overrideLogger(new NestLog(log));
  const logger = new Logger('worker');
  const scratchRoot = await claimScratch(config.scratchDir).catch(refuseFolder('SCRATCH_DIR'));
  const metricsPort = config.metrics.port || (await freePort(config.metrics.host));
  const runtime = Runtime.install({
    // A worker that still waits for the workflow service must end on a signal too, and a second one must not cut a drain short.
    shutdownSignals: [],
    logger: new DefaultLogger('WARN', (entry) => writeSdkEntry(log, entry)),
    workerHeartbeatInterval: WORKER_HEARTBEAT_INTERVAL_MS,
    telemetryOptions: {
      logging: { filter: { core: 'WARN', other: 'ERROR' }, forward: {} },
      metrics: { prometheus: { bindAddress: `${config.metrics.host}:${metricsPort}`, histogramBucketOverrides: HISTOGRAM_BUCKETS } },
    },
  });
  logger.log(`metrics at ${config.metrics.host}:${metricsPort}/metrics`);
  const stopFollowing = followScratchDisk(runtime.metricMeter, scratchRoot);
  const { cores, memoryBytes } = await thisMachine(scratchRoot);
  const toolGroups = await openToolGroups({
    memoryBytes: config.toolMemoryBytes ?? toolMemoryBytes(memoryBytes),
    cpus: config.toolCpus ?? cores,
  });
  const app = await NestFactory.createApplicationContext(
    WorkerModule.with(config, { scratchRoot, toolGroups, stopping: stop, metrics: new TaskMetrics(runtime.metricMeter) }),
    {
      logger: new NestLog(log),
    },
  );
  logger.log(
    toolGroups
      ? `tools run in control groups below ${toolGroups.base}`
      : 'tools run under nice and prlimit: this process may not make control groups',
  );
  if (!isSafe) logger.warn(CORE_DUMPS_WARNING);
  try {
    await runWorkers(
      {
        temporal: config.temporal,
        queues: config.queues,
        shutdownGraceMs: config.shutdownGraceMs,
        deps: app.get<WorkerDependencies>(DEPENDENCIES),
        fitness: app.get<WorkerFitness>(FITNESS),
        workflowBundlePath: join(__dirname, '..', '..', 'workflow-bundle.js'),
      },
      app.get<Client>(TEMPORAL),
      { stop, logger },
    );
  } finally {
    stopFollowing();
    await app.close();
    await rm(scratchRoot, { recursive: true, force: true });
    // The SDK does it when its last worker ends; one that never reached the workflow service had none, and its metrics keep the process alive.
    await runtime.shutdown();
  }
}

runService('worker', {
  environment: process.env,
  main,
  help: 'node dist/apps/worker/main.js\nServes the queues of WORKER_QUEUES until SIGTERM, which drains it.',
});
