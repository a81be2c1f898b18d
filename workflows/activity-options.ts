import { ActivityCancellationType, type ActivityOptions } from '@temporalio/workflow';
import { HEARTBEAT_TIMEOUT_MS, MAX_ATTEMPTS_OF_ANY_KIND, POLICIES, type PolicyName } from '../temporal/contract/policies';
import type { Queue } from '../temporal/contract/queues';

/** Temporal's options for one activity. The activity itself counts media failures and ends retries early. */
export function activityOptions(queue: Queue, policyName: PolicyName, summary: string): ActivityOptions {
  const policy = POLICIES[policyName];
  return {
    taskQueue: queue,
    summary,
    startToCloseTimeout: policy.startToCloseMs,
    heartbeatTimeout: HEARTBEAT_TIMEOUT_MS,
    // A cancelled activity counts as ended only once its tools have ended. Without the option the SDK does not wait, despite its documentation.
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    retry: {
      initialInterval: policy.initialIntervalMs,
      backoffCoefficient: policy.backoffCoefficient,
      maximumInterval: policy.maximumIntervalMs,
      maximumAttempts: MAX_ATTEMPTS_OF_ANY_KIND,
      nonRetryableErrorTypes: [...policy.neverRetried],
    },
  };
}
