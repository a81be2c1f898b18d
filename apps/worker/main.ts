import 'reflect-metadata';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { ConsoleLogger, Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Client } from '@temporalio/client';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import type { WorkerDependencies } from '../../activities/worker-dependencies';
import { claimScratch } from '../../activities/scratch/scratch';
import { openToolGroups, toolMemoryBytes } from '../../activities/media-tools/tool-groups';
import { CORE_DUMPS_WARNING, forbidCoreDumps } from '../../infra/machine/core-dumps';
import { thisMachine } from '../../infra/machine/machine';
import { WORKER_HEARTBEAT_INTERVAL_MS } from '../../temporal/queue-state';
import { runProgram } from '../run-program';
import { runWorkers } from './run-workers';
import { stopSignal } from '../stop-signal';
import { parseWorkerConfig } from './worker-settings';
import { yieldToServers } from './yield-to-servers';
import { DEPENDENCIES, FITNESS, TEMPORAL, WorkerModule } from './worker.module';
import type { WorkerFitness } from './worker-fitness';

async function main(): Promise<void> {
  const isSafe = forbidCoreDumps();
  const stop = stopSignal();
  yieldToServers();
  const config = parseWorkerConfig(process.env);
  const logger = new Logger('worker');
  const scratchRoot = await claimScratch(config.scratchDir);
  Runtime.install({
    // A worker that still waits for the workflow service must end on a signal too, and a second one must not cut a drain short.
    shutdownSignals: [],
    logger: new DefaultLogger('WARN'),
    workerHeartbeatInterval: WORKER_HEARTBEAT_INTERVAL_MS,
    ...(config.metricsPort === null
      ? {}
      : { telemetryOptions: { metrics: { prometheus: { bindAddress: `0.0.0.0:${config.metricsPort}` } } } }),
  });
  const { cores, memoryBytes } = await thisMachine(scratchRoot);
  const toolGroups = await openToolGroups({
    memoryBytes: config.toolMemoryBytes ?? toolMemoryBytes(memoryBytes),
    cpus: config.toolCpus ?? cores,
  });
  const app = await NestFactory.createApplicationContext(WorkerModule.with(config, { scratchRoot, toolGroups }), {
    logger: new ConsoleLogger({ json: true, logLevels: ['log', 'warn', 'error'] }),
  });
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
    await app.close();
    await rm(scratchRoot, { recursive: true, force: true });
  }
}

runProgram(main, inspect, 'node dist/apps/worker/main.js\nServes the queues of WORKER_QUEUES until SIGTERM, which drains it.');
