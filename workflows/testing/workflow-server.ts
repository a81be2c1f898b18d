import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker, type WorkflowBundle } from '@temporalio/worker';
import { ensureSearchAttributes } from '../../temporal/client';
import type { PipelineActivities } from '../../temporal/contract/activities';
import { QUEUES } from '../../temporal/contract/queues';

/** A namespace of its own on the real server: the workers of a running stack do not take its tasks. */
export interface WorkflowServer {
  client: Client;
  namespace: string;
  native: NativeConnection;
  workflowBundle: WorkflowBundle;
  /** Serves every queue with the activities while `work` runs. */
  serving<T>(activities: PipelineActivities, work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export async function openWorkflowServer(address: string): Promise<WorkflowServer> {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const namespace = `workflows-${randomUUID().slice(0, 8)}`;
  const connection = await Connection.connect({ address });
  const native = await NativeConnection.connect({ address });
  await connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod: { seconds: 86_400 as never } });
  await untilNamespaceIsKnown(connection, namespace);
  await ensureSearchAttributes(connection, namespace);
  const workflowBundle = await bundleWorkflowCode({ workflowsPath: join(__dirname, '..', 'index.ts'), logger: new DefaultLogger('ERROR') });
  return {
    client: new Client({ connection, namespace }),
    namespace,
    native,
    workflowBundle,
    serving: async (activities, work) => {
      const workers = await Promise.all(
        QUEUES.map((taskQueue) =>
          Worker.create({
            connection: native,
            namespace,
            taskQueue,
            activities,
            maxHeartbeatThrottleInterval: 200,
            ...(taskQueue === 'pipeline' ? { workflowBundle } : {}),
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
    close: async () => {
      await native.close();
      await connection.close();
    },
  };
}

/** The server learns of a new namespace within its cache interval; until then calls answer NOT_FOUND. */
async function untilNamespaceIsKnown(connection: Connection, namespace: string): Promise<void> {
  const { TASK_QUEUE_TYPE_WORKFLOW } = temporal.api.enums.v1.TaskQueueType;
  for (let attempt = 0; ; attempt++) {
    try {
      await connection.workflowService.describeTaskQueue({ namespace, taskQueue: { name: 'pipeline' }, taskQueueType: TASK_QUEUE_TYPE_WORKFLOW });
      return;
    } catch (error) {
      if (attempt === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}
