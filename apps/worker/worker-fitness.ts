import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { Logger } from '@nestjs/common';
import type { Client } from '@temporalio/client';
import type { Database } from '../../infra/database/database';
import { TasksRepository } from '../../infra/database/tasks-repository';
import { WorkerEncodersRepository } from '../../infra/database/worker-encoders-repository';
import type { ObjectStore } from '../../infra/object-store/object-store';
import { servingWorkers } from '../../temporal/queue-state';
import type { WorkerConfig } from './worker-settings';
import { FitnessMonitor } from './fitness-monitor';
import { WorkerChecks } from './worker-checks';

/** How a worker process judges itself. */
export interface WorkerFitness {
  monitor: FitnessMonitor;
  checks: WorkerChecks;
}

/** Checks write below `scratchRoot` and into the buckets that are made anew from originals, never into that of originals. */
export function workerFitness(
  config: Pick<WorkerConfig, 'tools' | 'scratchDir'>,
  scratchRoot: string,
  { db, objects, temporal, ...pace }: { db: Database; objects: ObjectStore; temporal: Client; tryGpuEveryMs?: number },
): WorkerFitness {
  const id = `${hostname()}-${process.pid}`;
  const tasks = new TasksRepository(db);
  const written = [objects.remover('segments'), objects.remover('transcoded')];
  const checks = new WorkerChecks({
    tools: config.tools,
    tasks,
    written,
    encoders: new WorkerEncodersRepository(db),
    scratchRoot,
    name: id,
  });
  const serving = (queue: Parameters<typeof servingWorkers>[1]) => servingWorkers(temporal, queue);
  const me = { id, seat: seatOf(config.scratchDir) };
  return { monitor: new FitnessMonitor({ me, checks, tasks, serving, logger: new Logger('fitness'), ...pace }), checks };
}

/** The machine and the scratch folder: what a worker that is started again shares with the one before it. */
function seatOf(scratchDir: string): string {
  return `${hostname()}-${createHash('sha256').update(resolve(scratchDir)).digest('hex').slice(0, 8)}`;
}
