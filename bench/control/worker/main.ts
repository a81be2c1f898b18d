import 'reflect-metadata';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Client } from '@temporalio/client';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import type { WorkerDependencies } from '../../../activities/worker-dependencies';
import { claimScratch } from '../../../activities/scratch/scratch';
import { parseWorkerConfig } from '../../../apps/worker/worker-settings';
import { NestLog } from '../../../apps/logging/nest-log';
import type { ProgramLog } from '../../../apps/logging/program-log';
import { runService } from '../../../apps/logging/run-service';
import { writeSdkEntry } from '../../../apps/logging/temporal-log';
import { stopSignal } from '../../../apps/stop-signal';
import { runWorkers } from '../../../apps/worker/run-workers';
import { TaskMetrics } from '../../../apps/worker/metrics/task-metrics';
import { yieldToServers } from '../../../apps/worker/yield-to-servers';
import type { WorkerFitness } from '../../../apps/worker/worker-fitness';
import { DEPENDENCIES, FITNESS, TEMPORAL, WorkerModule } from '../../../apps/worker/worker.module';
import { projectRoot } from '../../../infra/stack/setup/project-root';
import { ToolRecording } from '../tool-recording';

/** The worker process of the service with its media tools played back from `argv[2]`; all the rest is real. */
async function main(log: ProgramLog): Promise<void> {
  const stop = stopSignal();
  yieldToServers();
  const config = parseWorkerConfig(process.env);
  const scratchRoot = await claimScratch(config.scratchDir);
  Runtime.install({
    shutdownSignals: [],
    logger: new DefaultLogger('WARN', (entry) => writeSdkEntry(log, entry)),
    workerHeartbeatInterval: '10s',
  });
  const app = await NestFactory.createApplicationContext(
    WorkerModule.with(config, { scratchRoot, toolGroups: null, stopping: stop, metrics: new TaskMetrics(Runtime.instance().metricMeter) }),
    {
      logger: new NestLog(log),
    },
  );
  const deps = { ...app.get<WorkerDependencies>(DEPENDENCIES), runTool: new ToolRecording(process.argv[2] ?? '').run };
  const workflowBundlePath = join(projectRoot(), 'dist', 'workflow-bundle.js');
  try {
    const { temporal, queues, shutdownGraceMs } = config;
    const fitness = app.get<WorkerFitness>(FITNESS);
    await runWorkers({ temporal, queues, shutdownGraceMs, deps, fitness, workflowBundlePath }, app.get<Client>(TEMPORAL), {
      stop,
      logger: new Logger('worker'),
    });
  } finally {
    await app.close();
  }
}

runService('worker', { environment: process.env, main, help: 'The worker of the benchmark, which keeps what it runs.' });
