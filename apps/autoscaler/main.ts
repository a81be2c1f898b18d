import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { thisMachine } from '../../infra/machine/machine';
import { writeLook } from '../../infra/stack/home/autoscaler-look';
import { drainLeftWorkers } from '../../infra/stack/processes/scaled-worker';
import { openStackHome, type StackHome } from '../../infra/stack/home/stack-home';
import { createTemporalClient } from '../../temporal/client';
import { describeQueues, listWorkers } from '../../temporal/queue-state';
import { NestLog } from '../logging/nest-log';
import type { ProgramLog } from '../logging/program-log';
import { runService } from '../logging/run-service';
import { refuseFolder } from '../settings/secret-file';
import { stopSignal } from '../stop-signal';
import { parseAutoscalerConfig } from './autoscaler-settings';
import { decideScaling, NOTHING_REMEMBERED, type ScaledWorker, type ScalingLimits, type ScalingMemory } from './decide-scaling';
import { scalingLimits } from './scaling-limits';
import { WorkerPool } from './worker-pool';

const LOOK_INTERVAL_MS = 2_000;

/** Looks at the backlogs until it is told to stop, then drains the workers it has added. */
class Autoscaler {
  private memory: ScalingMemory = NOTHING_REMEMBERED;
  private readonly pool: WorkerPool;

  constructor(
    private readonly home: StackHome,
    private readonly temporal: Client,
    private readonly limits: ScalingLimits,
    private readonly logger: NestLog,
  ) {
    this.pool = new WorkerPool(home, { onEnd: (worker, outcome) => this.onEnd(worker, outcome) });
  }

  async run(stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      await this.look(stop).catch((error: unknown) =>
        this.logger.warn(`no look at the queues: ${error instanceof Error ? error.message : String(error)}`),
      );
      await sleep(LOOK_INTERVAL_MS, undefined, { signal: stop }).catch(() => undefined);
    }
    await this.pool.drainAll();
  }

  private async look(stop: AbortSignal): Promise<void> {
    const [queues, reported] = await Promise.all([describeQueues(this.temporal), listWorkers(this.temporal)]);
    const nowMs = Date.now();
    const workers = this.pool.look(reported, nowMs);
    writeLook(this.home, {
      pid: process.pid,
      lookedAtMs: nowMs,
      workers: workers.map(({ name, queue, slots, pid, state }) => ({ name, queue, slots, pid, state })),
    });
    const { actions, memory } = decideScaling(this.limits, { nowMs, queues, workers }, this.memory);
    this.memory = memory;
    for (const action of actions) {
      if (stop.aborted) return;
      if (action.kind === 'start') {
        const { backlog = 0, backlogAgeMs = 0 } = queues.find(({ queue }) => queue === action.queue) ?? {};
        const name = await this.pool.start(action.queue, action.slots);
        this.logger.log(
          `${name} starts with ${action.slots} slots: ${backlog} tasks wait, the oldest for ${Math.round(backlogAgeMs / 1000)} s`,
        );
      } else {
        this.pool.drain(action.name);
        this.logger.log(`${action.name} drains: its queue is quiet`);
      }
    }
  }

  private onEnd({ name, queue, state }: ScaledWorker, outcome: number | string): void {
    this.logger.log(`${name} ended with ${outcome}`);
    if (state !== 'draining' || outcome !== 0)
      this.memory = { ...this.memory, failedAtMs: { ...this.memory.failedAtMs, [queue]: Date.now() } };
  }
}

async function main(log: ProgramLog): Promise<void> {
  const stop = stopSignal();
  const config = parseAutoscalerConfig(process.env);
  const logger = new NestLog(log);
  const home = openStackHome(config.stackFolder);
  const limits = scalingLimits(await thisMachine(config.scratchDir).catch(refuseFolder('SCRATCH_DIR')), config);
  const left = drainLeftWorkers(home);
  if (left > 0) logger.log(`${left} workers of an autoscaler that was killed are told to drain`);
  logger.log(
    `at most ${Object.entries(limits.mostSlots)
      .map(([queue, slots]) => `${queue}:${slots}`)
      .join(', ')}`,
  );
  const temporal = createTemporalClient(config.temporal);
  try {
    await new Autoscaler(home, temporal, limits, logger).run(stop);
  } finally {
    await temporal.connection.close();
  }
}

runService('autoscaler', {
  environment: process.env,
  main,
  help: 'node dist/apps/autoscaler/main.js\nAdds and drains workers of the embedded stack, which starts it.',
});
