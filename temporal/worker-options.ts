import type { WorkerOptions } from '@temporalio/worker';
import type { Queue } from './contract/queues';

/** How long a draining worker lets running tasks finish before it hands them back. */
const SHUTDOWN_GRACE_MS = 20_000;
/** After the grace every tool gets five seconds to end and its task a moment to report. */
const SHUTDOWN_FORCE_MS = 30_000;

/** Worker options for one queue with `slots` tasks at once. Few pollers, so that a worker takes only what it can start. */
export function workerOptions(queue: Queue, slots: number): Omit<WorkerOptions, 'connection' | 'activities' | 'workflowBundle'> {
  const shutdown = { shutdownGraceTime: SHUTDOWN_GRACE_MS, shutdownForceTime: SHUTDOWN_FORCE_MS };
  if (queue === 'pipeline') {
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
