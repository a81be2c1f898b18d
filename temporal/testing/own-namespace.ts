import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { NativeConnection } from '@temporalio/worker';
import { ensureSearchAttributes } from '../setup';
import { WORKFLOW_QUEUE } from '../contract/queues';

const KNOWN_WITHIN_ATTEMPTS = 100;
const ATTEMPT_INTERVAL_MS = 200;

/** A namespace that no worker of a running stack serves. */
export interface OwnNamespace {
  namespace: string;
  client: Client;
  /** For workers. */
  native: NativeConnection;
  close(): Promise<void>;
}

/** Makes a fresh namespace with the service's search attributes on the server at `address` (`host:port`). */
export async function openOwnNamespace(address: string): Promise<OwnNamespace> {
  const namespace = `own-${randomUUID().slice(0, 8)}`;
  const connection = await Connection.connect({ address });
  const native = await NativeConnection.connect({ address });
  await registerNamespace(connection, namespace);
  const client = new Client({ connection, namespace });
  await ensureSearchAttributes(client);
  return {
    namespace,
    client,
    native,
    close: async () => {
      await native.close();
      await connection.close();
    },
  };
}

/** Makes a namespace and waits until it can be used. */
export async function registerNamespace(connection: Connection, namespace: string): Promise<void> {
  const retention = { seconds: 86_400 as never };
  await connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod: retention });
  await untilKnown(connection, namespace);
}

/** The server learns of a new namespace within its cache interval; until then calls answer NOT_FOUND. */
async function untilKnown(connection: Connection, namespace: string): Promise<void> {
  const { TASK_QUEUE_TYPE_WORKFLOW } = temporal.api.enums.v1.TaskQueueType;
  for (let attempt = 1; ; attempt++) {
    try {
      await connection.workflowService.describeTaskQueue({
        namespace,
        taskQueue: { name: WORKFLOW_QUEUE },
        taskQueueType: TASK_QUEUE_TYPE_WORKFLOW,
      });
      return;
    } catch (error) {
      if (attempt === KNOWN_WITHIN_ATTEMPTS) throw error;
      await new Promise((resolve) => setTimeout(resolve, ATTEMPT_INTERVAL_MS));
    }
  }
}
