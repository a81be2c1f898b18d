import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@nestjs/common';
import { failedElsewhere, type AttemptState, type WorkerRef } from '../../activities/task/attempt-state';
import type { Fitness } from '../../activities/task/activity-dependencies';
import { afterFailure, suspicionOf, without, type Streak } from '../../activities/task/fitness';
import { type TasksRepository } from '../../infra/database/tasks-repository';
import { taskId, type TaskRef } from '../../infra/database/task';
import { GPU_QUEUE, type Queue } from '../../temporal/contract/queues';
import { MINUTE_MS } from '../../temporal/contract/units';
import type { Unfit, WorkerChecks } from './worker-checks';

/** A check that fails once may have met a busy machine. */
const SECOND_LOOK_MS = 1_000;
/** Sources that cannot be read fail one after the other; a look that takes seconds for each would hold up the others. */
const LONG_LOOK_EVERY_MS = MINUTE_MS;
/** How often a worker with a streak of failures asks whether others succeed. */
const ASK_EVERY_MS = 10_000;
/** A driver that is upgraded or a GPU that falls off its bus shows in no failure while there is no work. */
const TRY_GPU_EVERY_MS = 10 * MINUTE_MS;

export interface FitnessDependencies {
  me: WorkerRef;
  checks: Pick<WorkerChecks, 'find'>;
  tasks: Pick<TasksRepository, 'completedElsewhere'>;
  /** Ids of the live workers that serve a queue. */
  serving(queue: Queue): Promise<string[]>;
  logger: Pick<Logger, 'warn'>;
  /** How often the encoders of a worker for the GPU queue are tried; ten minutes when it is left out. */
  tryGpuEveryMs?: number;
}

/** One queue that this worker serves. */
interface Served {
  leave: (unfit: Unfit) => void;
  hasLeft: boolean;
  streak: Streak;
  /** Failures since the last success, of whatever task. */
  failuresInRow: number;
  onTrial: boolean;
  /** When the last long look found nothing, on the clock of `performance`. */
  soundAtMs: number;
  looking: Promise<boolean> | undefined;
}

/** Watches how the tasks of this process end, and takes it out of a queue when the fault is its own. */
export class FitnessMonitor implements Fitness {
  private readonly queues = new Map<string, Served>();
  private timer: NodeJS.Timeout | undefined;
  private gpuTimer: NodeJS.Timeout | undefined;

  constructor(private readonly deps: FitnessDependencies) {}

  get me(): WorkerRef {
    return this.deps.me;
  }

  /** From now on `leave` is called, once, when this worker is unfit for the queue. */
  serve(queue: Queue, { onTrial, leave }: Pick<Served, 'onTrial' | 'leave'>): void {
    this.queues.set(queue, { leave, onTrial, hasLeft: false, streak: [], failuresInRow: 0, soundAtMs: -Infinity, looking: undefined });
    this.timer ??= setInterval(() => void this.askAboutStreaks(), ASK_EVERY_MS).unref();
    if (queue !== GPU_QUEUE) return;
    this.gpuTimer ??= setInterval(() => void this.lookOnce(queue), this.deps.tryGpuEveryMs ?? TRY_GPU_EVERY_MS).unref();
  }

  /** Whether it has come back after a suspicion and succeeded with nothing since. */
  isOnTrial(queue: Queue): boolean {
    return this.queues.get(queue)?.onTrial ?? false;
  }

  async others(queue: string): Promise<string[]> {
    const ids = await this.deps.serving(queue as Queue).catch((): string[] => []);
    return ids.filter((id) => id !== this.me.id);
  }

  succeeded(queue: string): void {
    const served = this.queues.get(queue);
    if (served) Object.assign(served, { streak: [], failuresInRow: 0, onTrial: false });
  }

  async isAtFault(queue: string): Promise<boolean> {
    const served = this.queues.get(queue);
    if (!served) return false;
    served.failuresInRow += 1;
    return this.lookOnce(queue as Queue);
  }

  failed(queue: string, task: TaskRef, state: AttemptState): void {
    const served = this.queues.get(queue);
    if (!served) return;
    const { taskType, videoId } = task;
    const id = taskId(task);
    served.streak = failedElsewhere(state, this.me)
      ? without(served.streak, id)
      : afterFailure(served.streak, { taskId: id, taskType, videoId, atMs: Date.now() });
    void this.judge(served);
  }

  stop(): void {
    clearInterval(this.timer);
    clearInterval(this.gpuTimer);
  }

  /** Whether the fault is in this worker. Those who ask while it looks get the same answer. */
  private async lookOnce(queue: Queue): Promise<boolean> {
    const served = this.queues.get(queue);
    if (!served || served.hasLeft) return served !== undefined;
    served.looking ??= this.look(queue, served).finally(() => (served.looking = undefined));
    return served.looking;
  }

  private async look(queue: Queue, served: Served): Promise<boolean> {
    const long = served.failuresInRow > 1 && performance.now() - served.soundAtMs > LONG_LOOK_EVERY_MS;
    const how = { awayCounts: false, long };
    if (!(await this.deps.checks.find(queue, how))) {
      if (long) served.soundAtMs = performance.now();
      return false;
    }
    await sleep(SECOND_LOOK_MS);
    const unfit = await this.deps.checks.find(queue, how);
    if (unfit) this.leave(served, unfit);
    return unfit !== null;
  }

  private async askAboutStreaks(): Promise<void> {
    for (const served of this.queues.values()) await this.judge(served);
  }

  private async judge(served: Served): Promise<void> {
    const suspicion = served.hasLeft ? null : suspicionOf(served.streak, served.onTrial);
    if (!suspicion) return;
    const { sinceMs, ...work } = suspicion;
    const others = this.deps.tasks.completedElsewhere({ ...work, since: new Date(sinceMs) }, this.me.id);
    const othersSucceed = await others.catch((error: unknown) => {
      this.deps.logger.warn(`it is not known whether other workers succeed: ${String(error)}`);
      return false;
    });
    // A success meanwhile ends the streak.
    if (othersSucceed && served.streak.length > 0) this.leave(served, { reason: 'failures' });
  }

  private leave(served: Served, unfit: Unfit): void {
    if (served.hasLeft) return;
    served.hasLeft = true;
    served.leave(unfit);
  }
}
