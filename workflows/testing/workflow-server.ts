import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import type { PipelineActivities } from '../../temporal/contract/activities';
import { QUEUES, WORKFLOW_QUEUE } from '../../temporal/contract/queues';
import type { NotifyActivities } from '../../temporal/contract/webhooks';
import { openOwnNamespace } from '../../temporal/testing/own-namespace';

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
  const workflowBundle = await bundleWorkflowCode({ workflowsPath: join(__dirname, '..', 'index.ts'), logger: new DefaultLogger('ERROR') });
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
            // A cancellation arrives in the answer to a heartbeat.
            maxHeartbeatThrottleInterval: 200,
            ...(taskQueue === WORKFLOW_QUEUE ? { workflowBundle } : {}),
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
