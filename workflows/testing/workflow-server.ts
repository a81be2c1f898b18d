import type { Client } from '@temporalio/client';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import type { PipelineActivities } from '../../temporal/contract/activities';
import { QUEUES, WORKFLOW_QUEUE } from '../../temporal/contract/queues';
import type { NotifyActivities } from '../../temporal/contract/webhooks';
import { openOwnNamespace } from '../../temporal/testing/own-namespace';
import { BUILT_WORKFLOWS } from './built-workflows';

/** The default is ten of each: 170 calls for each test that the server takes and ends, and no test keeps more than two busy. */
const POLLERS = { maxConcurrentActivityTaskPolls: 2, maxConcurrentWorkflowTaskPolls: 2 };

/** The real server with the workflows of this project in a namespace of their own. */
export interface WorkflowServer {
  client: Client;
  /** Serves every queue with the activities while `work` runs. */
  serving<T>(activities: Partial<PipelineActivities & NotifyActivities>, work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export async function openWorkflowServer(address: string): Promise<WorkflowServer> {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const own = await openOwnNamespace(address);
  return {
    client: own.client,
    serving: async (activities, work) => {
      const workers = await Promise.all(
        QUEUES.map((taskQueue) =>
          Worker.create({
            connection: own.native,
            namespace: own.namespace,
            taskQueue,
            activities,
            ...POLLERS,
            // A cancellation arrives in the answer to a heartbeat.
            maxHeartbeatThrottleInterval: 200,
            ...(taskQueue === WORKFLOW_QUEUE ? { workflowBundle: BUILT_WORKFLOWS } : {}),
          }),
        ),
      );
      const runs = workers.map((worker) => worker.run());
      try {
        return await work();
      } finally {
        for (const worker of workers) worker.shutdown();
        await Promise.all(runs);
      }
    },
    close: () => own.close(),
  };
}
