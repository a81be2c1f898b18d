import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkHardware } from '../../activities/hardware/check-hardware';
import { checkTools, ToolFaultError } from '../../activities/media-tools/check-tools';
import type { MediaTools } from '../../activities/media-tools/media-tools';
import { isRefused as isRefusedByDatabase } from '../../infra/database/database';
import type { TasksRepository } from '../../infra/database/tasks-repository';
import type { WorkerEncodersRepository } from '../../infra/database/worker-encoders-repository';
import type { GenerationRemover } from '../../infra/object-store/generation-remover';
import { isRefused as isRefusedByStore } from '../../infra/object-store/storage-call';
import { GPU_QUEUE, type Queue, type UnfitReason } from '../../temporal/contract/queues';

/** What is wrong with this worker. */
export interface Unfit {
  reason: UnfitReason;
  /** Of the check that failed; none when it is the failures of tasks that tell. */
  error?: unknown;
}

export interface CheckedParts {
  tools: MediaTools;
  tasks: Pick<TasksRepository, 'proveAccess'>;
  /** Access to the buckets that workers write. */
  written: readonly Pick<GenerationRemover, 'proveAccess'>[];
  /** Takes what the hardware encoders of a worker for the GPU queue can do. */
  encoders: Pick<WorkerEncodersRepository, 'record'>;
  scratchRoot: string;
  /** Identity of the worker; names what is written for a check, so that checks of two workers do not meet. */
  name: string;
}

export interface Thoroughness {
  /** A dependency that does not answer counts too, not only one that refuses this worker. */
  awayCounts: boolean;
  /** Tools run for some seconds. */
  long: boolean;
}

type Check = () => Promise<unknown>;

/** The checks of one worker process on itself. Those that several queues ask for at once run once. */
export class WorkerChecks {
  private readonly running = new Map<string, Promise<unknown>>();

  constructor(private readonly parts: CheckedParts) {}

  /** The first thing that is wrong with this worker for a queue, or null. */
  async find(queue: Queue, { awayCounts, long }: Thoroughness): Promise<Unfit | null> {
    const { tools, tasks, written, scratchRoot, name } = this.parts;
    const database = await this.outcome('database', () => tasks.proveAccess());
    if (database && (awayCounts || isRefusedByDatabase(database.error))) return { reason: 'database', ...database };
    const store = await this.outcome('object-store', () => Promise.all(written.map((bucket) => bucket.proveAccess(name))));
    if (store && (awayCounts || isRefusedByStore(store.error))) return { reason: 'object-store', ...store };
    const scratch = await this.outcome('scratch', () => proveScratch(scratchRoot));
    if (scratch) return { reason: 'scratch', ...scratch };
    const tool = await this.outcome(`${queue} ${long}`, () => checkTools(tools, [queue], { folder: scratchRoot, long }));
    if (tool) return { reason: tool.error instanceof ToolFaultError ? tool.error.tool : 'scratch', ...tool };
    const gpu = queue === GPU_QUEUE ? await this.outcome(GPU_QUEUE, () => this.tryEncoders()) : null;
    return gpu && { reason: 'gpu', ...gpu };
  }

  /** Throws when no hardware encoder works; what each of them says is recorded either way. */
  private async tryEncoders(): Promise<void> {
    const { tools, encoders, name } = this.parts;
    const verdicts = await checkHardware(tools.ffmpeg);
    // A database that is away is found by its own check; the next look brings the record.
    await encoders.record(name, verdicts).catch(() => undefined);
    if (verdicts.some(({ works }) => works)) return;
    throw new Error([...new Set(verdicts.map(({ kind, reason }) => `${kind}: ${reason}`))].join(' '));
  }

  private async outcome(key: string, check: Check): Promise<{ error: unknown } | null> {
    const running = this.running.get(key) ?? check();
    this.running.set(key, running);
    try {
      await running;
      return null;
    } catch (error) {
      return { error };
    } finally {
      this.running.delete(key);
    }
  }
}

/** A full disk is judged by the room that each task needs. */
async function proveScratch(root: string): Promise<void> {
  const path = join(root, 'check.txt');
  try {
    await writeFile(path, path);
    if ((await readFile(path, 'utf8')) !== path) throw new Error('the scratch folder gives back something else than it was given');
    await rm(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
}
