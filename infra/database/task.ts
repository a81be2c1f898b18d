import type { Selectable } from 'kysely';
import type { RunRef } from '../../temporal/contract/activities';
import type { TaskType } from '../../temporal/contract/steps';
import type { TranscodingTasksTable } from './schema';

export type Task = Selectable<TranscodingTasksTable>;

/** Names one unit of work of a run. */
export interface TaskRef extends RunRef {
  taskType: TaskType;
  codec?: string;
  resolution?: string;
  /** Number of the chunk within its family. */
  segmentIndex?: number;
}

/** Totals over the tasks of one type in one run. */
export interface TaskTypeSummary {
  taskType: TaskType;
  total: number;
  pending: number;
  running: number;
  retrying: number;
  failed: number;
  completed: number;
  /** Mean over all tasks of the type, 0 to 100. */
  percent: number;
  startedAt: Date | null;
}

export function taskId(task: TaskRef): string {
  const unit = [task.codec, task.segmentIndex].filter((part) => part !== undefined);
  return [task.videoId, `g${task.generation}`, task.taskType, ...unit].join('/');
}

/** The columns that identify a task, for a row that is made now. */
export function identityOf(task: TaskRef) {
  return {
    taskId: taskId(task),
    videoId: task.videoId,
    generation: task.generation,
    taskType: task.taskType,
    codec: task.codec ?? null,
    resolution: task.resolution ?? null,
    segmentIndex: task.segmentIndex ?? null,
    createdAt: new Date(),
  };
}
