import { sql } from 'kysely';
import type { TaskType } from '../../../temporal/contract/steps';
import { database, type Database } from '../database';
import type { Task } from '../task';
import type { StoredTaskFailure } from '../task-failures';

/** A task with its last failed attempts. */
export interface ReportedTask extends Omit<Task, 'failures'> {
  failures: StoredTaskFailure[];
}

/** What tasks have used, all attempts together. */
export interface UsedAmount {
  tasks: number;
  attempts: number;
  /** Of media tools, user and system time. */
  cpuMs: number;
  bytesIn: number;
  bytesOut: number;
}

/** Of the tasks of one type and codec family. */
export interface TaskUsage extends UsedAmount {
  taskType: TaskType;
  family: string | null;
}

/** The sum of several amounts. */
export function totalUsage(amounts: readonly UsedAmount[]): UsedAmount {
  const sum = (of: keyof UsedAmount) => amounts.reduce((total, amount) => total + amount[of], 0);
  return { tasks: sum('tasks'), attempts: sum('attempts'), cpuMs: sum('cpuMs'), bytesIn: sum('bytesIn'), bytesOut: sum('bytesOut') };
}

/** What operators ask of `transcoding_tasks`. All methods throw `DatabaseUnavailable`. */
export class TaskReports {
  constructor(private readonly db: Database) {}

  /** Tasks of one generation by id, those behind `cursor` where there is one. */
  async page(
    video: { videoId: string; generation: number },
    part: { cursor?: string | undefined; limit: number },
  ): Promise<ReportedTask[]> {
    let query = this.db
      .selectFrom('transcodingTasks')
      .selectAll()
      .where((eb) => eb.and(video))
      .orderBy('taskId')
      .limit(part.limit);
    if (part.cursor !== undefined) query = query.where('taskId', '>', part.cursor);
    const rows = await database(() => query.execute());
    return rows.map(({ failures, ...row }) => ({ ...row, failures: JSON.parse(failures ?? '[]') as StoredTaskFailure[] }));
  }

  /** Of all generations of a video. */
  async ofVideo(videoId: string): Promise<TaskUsage[]> {
    return database(() => this.usage().where('videoId', '=', videoId).execute());
  }

  /** Of the tasks of all videos that ended within a time; `until` is exclusive. */
  async ofTime({ since, until }: { since: Date; until: Date }): Promise<TaskUsage[]> {
    return database(() => this.usage().where('completedAt', '>=', since).where('completedAt', '<', until).execute());
  }

  private usage() {
    const total = (column: string) => sql<number>`cast(coalesce(sum(${sql.ref(column)}), 0) as double)`;
    return this.db
      .selectFrom('transcodingTasks')
      .where('startedAt', 'is not', null)
      .groupBy(['taskType', 'codec'])
      .orderBy('taskType')
      .orderBy('codec')
      .select(({ fn }) => [
        'taskType',
        'codec as family',
        fn.countAll<number>().as('tasks'),
        sql<number>`cast(sum(retry_count + 1) as double)`.as('attempts'),
        total('cpu_ms').as('cpuMs'),
        total('bytes_in').as('bytesIn'),
        total('bytes_out').as('bytesOut'),
      ]);
  }
}
