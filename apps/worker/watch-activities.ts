import type { Logger } from '@nestjs/common';
import type { Info } from '@temporalio/activity';
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import type { WorkerInterceptors } from '@temporalio/worker';
import { Failure } from '../../temporal/contract/failures';
import type { Queue } from '../../temporal/contract/queues';
import type { FitnessMonitor } from './fitness-monitor';

/** Tasks judge and log their failures themselves; small activities, such as those that keep the books, are judged and logged here. */
export function watchActivities(monitor: FitnessMonitor, queue: Queue, logger: Pick<Logger, 'warn'>): WorkerInterceptors {
  return {
    activity: [
      ({ info }) => ({
        inbound: {
          execute: async (input, next) => {
            try {
              const result = await next(input);
              monitor.succeeded(queue);
              return result;
            } catch (error) {
              if (error instanceof Failure) void monitor.isAtFault(queue);
              if (!(error instanceof ApplicationFailure) && !(error instanceof CancelledFailure)) logger.warn(failureLine(info, error));
              throw error;
            }
          },
        },
      }),
    ],
  };
}

function failureLine({ workflowExecution, activityType, attempt, taskQueue }: Info, error: unknown) {
  return {
    message: `${activityType} failed`,
    ...{ workflow_id: workflowExecution?.workflowId, activity: activityType, attempt, queue: taskQueue, error },
  };
}
