import { sql, type ExpressionBuilder, type UpdateObject } from 'kysely';
import type { RunRef } from '../../temporal/contract/activities';
import type { CodecFamily } from '../../temporal/contract/media/families';
import type { TaskType } from '../../temporal/contract/steps';
import { database, type Database } from './database';
import { ERROR_MESSAGE_MAX_CHARS, type Schema } from './schema';
import { withFailure, withUse, type FailedAttempt } from './task-failures';
import { identityOf, taskId, type Task, type TaskRef, type TaskTypeSummary } from './task';

const ROWS_PER_INSERT = 500;

/** Reads and writes `transcoding_tasks`; every write can be repeated. All methods throw `DatabaseUnavailable`. */
export class TasksRepository {
  constructor(private readonly db: Database) {}

  /** Makes the rows of all chunks of a family, so that progress has a total; existing rows stay as they are. */
  async planChunks(run: RunRef, family: CodecFamily, chunkCount: number, input: { inputKey: string }): Promise<void> {
    const task = { ...runOnly(run), taskType: 'transcode', codec: family } as const;
    const chunks = Array.from({ length: chunkCount }, (_, segmentIndex) => ({ ...task, segmentIndex }));
    await this.plan(chunks, input);
  }

  /** Makes the rows of tasks that wait; existing rows stay as they are. */
  async plan(tasks: readonly TaskRef[], { inputKey }: { inputKey?: string } = {}): Promise<void> {
    const rows = tasks.map((task) => ({ ...identityOf(task), status: 'pending' as const, s3InputKey: inputKey ?? null }));
    for (let first = 0; first < rows.length; first += ROWS_PER_INSERT) {
      const batch = rows.slice(first, first + ROWS_PER_INSERT);
      const insert = this.db.insertInto('transcodingTasks').values(batch);
      await database(() => insert.onDuplicateKeyUpdate({ taskId: sql`task_id` }).execute());
    }
  }

  /** `attempt` counts from 1; later ones show as `retrying`. */
  async start(task: TaskRef, by: { workerId: string; attempt: number; inputKey?: string }): Promise<void> {
    const state = {
      status: by.attempt > 1 ? ('retrying' as const) : ('running' as const),
      workerId: by.workerId,
      startedAt: new Date(),
      retryCount: by.attempt - 1,
      progressPercent: 0,
      completedAt: null,
      durationMs: null,
      errorMessage: null,
      ...(by.inputKey === undefined ? {} : { s3InputKey: by.inputKey }),
    };
    const row = { ...identityOf(task), ...state };
    await database(() => this.db.insertInto('transcodingTasks').values(row).onDuplicateKeyUpdate(state).execute());
  }

  /** `percent` is 0 to 100. */
  async progress(task: TaskRef, percent: number): Promise<void> {
    const progressPercent = Math.max(0, Math.min(100, Math.floor(percent)));
    await database(() =>
      this.db
        .updateTable('transcodingTasks')
        .set({ progressPercent })
        .where('taskId', '=', taskId(task))
        .where('status', 'in', ['running', 'retrying'])
        // An attempt that has failed reports no more.
        .where('completedAt', 'is', null)
        .execute(),
    );
  }

  async complete(task: TaskRef, result: { outputKey?: string; cpuMs: number; bytesIn: number; bytesOut: number }): Promise<void> {
    await this.end(task, {
      status: 'completed',
      progressPercent: 100,
      errorMessage: null,
      s3OutputKey: result.outputKey ?? null,
      cpuMs: withUse('cpu_ms', result.cpuMs),
      bytesIn: withUse('bytes_in', result.bytesIn),
      bytesOut: withUse('bytes_out', result.bytesOut),
    });
  }

  /**
   * `willRetry` shows the task as `retrying`; the work of a lost attempt is no progress. A task that is completed, or that a later
   * attempt has started, stays as it is: the caller is a superseded attempt.
   */
  async fail(task: TaskRef, failure: FailedAttempt): Promise<void> {
    const values = {
      status: failure.willRetry ? ('retrying' as const) : ('failed' as const),
      progressPercent: 0,
      errorMessage: failure.errorMessage.slice(0, ERROR_MESSAGE_MAX_CHARS),
      ...(failure.stored ? { failures: withFailure(failure.stored), cpuMs: withUse('cpu_ms', failure.stored.cpuMs) } : {}),
    };
    await this.end(task, values, failure.attempt);
  }

  /** Shows a task that was cancelled or handed back as waiting again, unless a later attempt has started it. */
  async release(task: TaskRef, { attempt }: { attempt: number }): Promise<void> {
    await database(() =>
      this.db
        .updateTable('transcodingTasks')
        .set({ status: 'pending', progressPercent: 0 })
        .where('taskId', '=', taskId(task))
        .where('retryCount', '<', attempt)
        .where('status', 'in', ['running', 'retrying'])
        .execute(),
    );
  }

  /**
   * Shows the tasks of steps that a title in `family` does again as waiting. Chunks that are done stay so: their step finds the missing
   * ones.
   */
  async reopen(run: RunRef, taskTypes: readonly TaskType[], family: CodecFamily): Promise<void> {
    if (taskTypes.length === 0) return;
    await database(() =>
      this.db
        .updateTable('transcodingTasks')
        .set({ status: 'pending', progressPercent: 0, errorMessage: null, completedAt: null, durationMs: null })
        .where('videoId', '=', run.videoId)
        .where('generation', '=', run.generation)
        .where('taskType', 'in', taskTypes)
        .where(ofTitle(family))
        .where((eb) => eb.not(eb.and([eb('taskType', '=', 'transcode'), eb('status', '=', 'completed')])))
        .execute(),
    );
  }

  /** Shows all chunks of a family as waiting, whatever was made of them: it is made anew. */
  async restartChunks({ videoId, generation }: RunRef, family: CodecFamily): Promise<void> {
    await database(() =>
      this.db
        .updateTable('transcodingTasks')
        .set({ status: 'pending', progressPercent: 0, errorMessage: null, completedAt: null, durationMs: null })
        .where((eb) => eb.and({ videoId, generation, taskType: 'transcode', codec: family }))
        .execute(),
    );
  }

  async listForVideo(videoId: string, generation: number): Promise<Task[]> {
    return database(() =>
      this.db
        .selectFrom('transcodingTasks')
        .selectAll()
        .where((eb) => eb.and({ videoId, generation }))
        .orderBy('taskType')
        .orderBy('codec')
        .orderBy('segmentIndex')
        .execute(),
    );
  }

  /** Generations of a video whose publication was completed. */
  async publishedGenerations(videoId: string): Promise<number[]> {
    const rows = await database(() =>
      this.db
        .selectFrom('transcodingTasks')
        .select('generation')
        .where('videoId', '=', videoId)
        .where('taskType', '=', 'publish')
        .where('status', '=', 'completed')
        .execute(),
    );
    return rows.map(({ generation }) => generation);
  }

  /** Of the title itself, whose family is `family`. One grouped query over the index `(video_id, task_type)`. */
  async summarise({ videoId, generation }: RunRef, family: CodecFamily): Promise<TaskTypeSummary[]> {
    const count = (status: Task['status']) => sql<number>`cast(sum(status = ${status}) as signed)`;
    const rows = await database(() =>
      this.db
        .selectFrom('transcodingTasks')
        .where('videoId', '=', videoId)
        .where('generation', '=', generation)
        .where(ofTitle(family))
        .groupBy('taskType')
        .select(({ fn }) => [
          'taskType',
          fn.countAll<number>().as('total'),
          count('pending').as('pending'),
          count('running').as('running'),
          count('retrying').as('retrying'),
          count('failed').as('failed'),
          count('completed').as('completed'),
          sql<number>`cast(avg(progress_percent) as double)`.as('percent'),
          fn.min('startedAt').as('startedAt'),
        ])
        .execute(),
    );
    return rows;
  }

  /** Mean progress of the chunks of each family of a run, 0 to 100. */
  async familyPercents({ videoId, generation }: RunRef): Promise<Map<string, number>> {
    const rows = await database(() =>
      this.db
        .selectFrom('transcodingTasks')
        .where('videoId', '=', videoId)
        .where('generation', '=', generation)
        .where('taskType', '=', 'transcode')
        .groupBy('codec')
        .select(['codec', sql<number>`cast(avg(progress_percent) as double)`.as('percent')])
        .execute(),
    );
    return new Map(rows.map(({ codec, percent }) => [codec ?? '', percent]));
  }

  /** Whether a worker other than `workerId` has completed a task of the type in one of the videos since then. */
  async completedElsewhere(work: { taskType: TaskType; videoIds: readonly string[]; since: Date }, workerId: string): Promise<boolean> {
    if (work.videoIds.length === 0) return false;
    const found = await database(() =>
      this.db
        .selectFrom('transcodingTasks')
        .select('taskId')
        .where('videoId', 'in', work.videoIds)
        .where('taskType', '=', work.taskType)
        .where('status', '=', 'completed')
        .where('completedAt', '>=', work.since)
        .where('workerId', '!=', workerId)
        .limit(1)
        .execute(),
    );
    return found.length > 0;
  }

  /** Proves that this process may read and write the table; no row is changed. */
  async proveAccess(): Promise<void> {
    await database(() => this.db.selectFrom('transcodingTasks').select('taskId').limit(1).execute());
    await database(() => this.db.updateTable('transcodingTasks').set({ progressPercent: 0 }).where('taskId', '=', '').execute());
  }

  private async end(task: TaskRef, values: UpdateObject<Schema, 'transcodingTasks'>, attempt = Number.MAX_SAFE_INTEGER): Promise<void> {
    const now = new Date();
    const update = this.db
      .updateTable('transcodingTasks')
      .set({
        ...values,
        completedAt: now,
        durationMs: sql<number>`greatest(0, timestampdiff(microsecond, started_at, ${now}) div 1000)`,
      })
      .where('taskId', '=', taskId(task))
      .where('retryCount', '<', attempt)
      .where('status', '!=', 'completed');
    await database(() => update.execute());
  }
}

/** Families that join have a codec in every row, the title in those of its chunks only. */
function ofTitle(family: CodecFamily) {
  return (eb: ExpressionBuilder<Schema, 'transcodingTasks'>) => eb.or([eb('codec', 'is', null), eb('codec', '=', family)]);
}

function runOnly(run: RunRef): RunRef {
  return { videoId: run.videoId, generation: run.generation };
}
