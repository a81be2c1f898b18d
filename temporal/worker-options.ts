import type { WorkerOptions } from '@temporalio/worker';
import { WORKFLOW_QUEUE, type Queue } from './contract/queues';

/** After the grace every tool gets five seconds to end and its task a moment to report. */
const HAND_BACK_MS = 10_000;

export interface QueueWorker {
  queue: Queue;
  /** Tasks at once. */
  slots: number;
  /** How long a draining worker lets running tasks finish before it hands them back; 0 hands them back at once. */
  shutdownGraceMs: number;
}

/** Worker options for one queue. Few pollers, so that a worker takes only tasks that it can start at once. */
export function workerOptions({
  queue,
  slots,
  shutdownGraceMs,
}: QueueWorker): Omit<WorkerOptions, 'connection' | 'activities' | 'workflowBundle'> {
  const shutdown = { shutdownGraceTime: shutdownGraceMs, shutdownForceTime: shutdownGraceMs + HAND_BACK_MS };
  if (queue === WORKFLOW_QUEUE) {
    return {
      ...shutdown,
      taskQueue: queue,
      maxConcurrentWorkflowTaskExecutions: Math.max(2, slots),
      maxConcurrentActivityTaskExecutions: Math.max(2, slots),
      maxCachedWorkflows: 200,
      reuseV8Context: true,
    };
  }
  return {
    ...shutdown,
    taskQueue: queue,
    maxConcurrentActivityTaskExecutions: slots,
    maxConcurrentActivityTaskPolls: Math.min(slots, 2),
    // Encoders report progress through their row; heartbeats only carry liveness and cancellation.
    maxHeartbeatThrottleInterval: '12s',
  };
}
