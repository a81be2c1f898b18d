import type { TaskType } from '../../temporal/contract/steps';

/** A task that failed on this worker for a reason that may be the worker's. */
export interface FailedTask {
  taskId: string;
  taskType: TaskType;
  videoId: string;
  atMs: number;
}

/** Tasks of one queue that failed on this worker one after the other, each once, oldest first; a success empties it. */
export type Streak = readonly FailedTask[];

/** Tasks in a row before a worker doubts itself. */
const LONG_STREAK = 3;
const LONGEST_STREAK = 20;

/** What others would have to have completed for the fault to be this worker's. */
export interface Suspicion {
  taskType: TaskType;
  videoIds: string[];
  sinceMs: number;
}

export function afterFailure(streak: Streak, failed: FailedTask): Streak {
  if (streak.some(({ taskId }) => taskId === failed.taskId)) return streak;
  return [...streak, failed].slice(-LONGEST_STREAK);
}

/** The task was no proof: another worker failed with it too, or it is a sick worker's no longer. */
export function without(streak: Streak, taskId: string): Streak {
  return streak.filter((failed) => failed.taskId !== taskId);
}

/**
 * Null while a streak says nothing. `onTrial`: the worker left the queue for the same suspicion and has succeeded with nothing
 * since, so that one more failure is enough.
 */
export function suspicionOf(streak: Streak, onTrial: boolean): Suspicion | null {
  const last = streak.at(-1);
  if (!last || streak.length < (onTrial ? 1 : LONG_STREAK)) return null;
  const alike = streak.filter(({ taskType }) => taskType === last.taskType);
  return {
    taskType: last.taskType,
    videoIds: [...new Set(alike.map(({ videoId }) => videoId))],
    sinceMs: Math.min(...alike.map(({ atMs }) => atMs)),
  };
}

const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 5 * 60_000;

/** How long an unfit worker waits before it looks at itself for the `look`th time, from 1. */
export function recheckAfterMs(look: number): number {
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (look - 1));
}
