import 'reflect-metadata';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ConsoleLogger, Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Client } from '@temporalio/client';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import type { ActivityDependencies } from '../../activities/activity-dependencies';
import { checkTools } from '../../activities/media-tools/check-tools';
import { claimScratch } from '../../activities/media-tools/scratch';
import { parseWorkerConfig } from '../config';
import { runWorkers } from './run-workers';
import { DEPENDENCIES, TEMPORAL, WorkerModule } from './worker.module';

async function main(): Promise<void> {
  const config = parseWorkerConfig(process.env);
  const logger = new Logger('worker');
  await checkTools(config.tools, [...config.queues.keys()]);
  const scratchRoot = await claimScratch(config.scratchDir);
  // The SDK owns the stop signals: it drains, and only then does this function go on.
  Runtime.install({
    logger: new DefaultLogger('WARN'),
    workerHeartbeatInterval: '10s',
    ...(config.metricsPort === null ? {} : { telemetryOptions: { metrics: { prometheus: { bindAddress: `0.0.0.0:${config.metricsPort}` } } } }),
  });
  const app = await NestFactory.createApplicationContext(WorkerModule.with(config, scratchRoot), {
    logger: new ConsoleLogger({ json: true, logLevels: ['log', 'warn', 'error'] }),
  });
  try {
    await runWorkers(
      {
        temporal: config.temporal,
        queues: config.queues,
        deps: app.get<ActivityDependencies>(DEPENDENCIES),
        workflowBundlePath: join(__dirname, '..', '..', 'workflow-bundle.js'),
      },
      app.get<Client>(TEMPORAL),
      logger,
    );
  } finally {
    await app.close();
    await rm(scratchRoot, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
