import { activityInfo } from '@temporalio/activity';
import type { TaskRef } from '../../infra/database/task';
import type { FailureType } from '../../temporal/contract/failures';
import type { FailureDetails } from './activity-failure';

/** What an attempt has used. */
export interface TaskUse {
  /** Of the tools that it ran, user and system time. */
  cpuMs: number;
  bytesIn: number;
  bytesOut: number;
  /** Length of the media that it encoded; 0 where it encoded none. */
  mediaMs: number;
}

/** Why an attempt failed. */
export interface TaskFailure {
  type: FailureType;
  details: FailureDetails;
  /** What was thrown, for the log. */
  error: unknown;
  willRetry: boolean;
}

/** How one attempt of a task ended. `released`: cancelled, or handed back by a worker that drains. */
export interface TaskEnd extends TaskUse {
  ref: TaskRef;
  outcome: 'completed' | 'failed' | 'released';
  failure?: TaskFailure;
  attempt: number;
  queue: string;
  workflowId: string;
  workerId: string;
  durationMs: number;
}

/** Where the running attempt is. */
export function attemptPlace(): Pick<TaskEnd, 'attempt' | 'queue' | 'workflowId'> {
  const { attempt, taskQueue, workflowExecution } = activityInfo();
  return { attempt, queue: taskQueue, workflowId: workflowExecution?.workflowId ?? '' };
}
