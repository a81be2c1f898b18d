import { mkdir } from 'node:fs/promises';
import { Connection } from '@temporalio/client';
import { endpointsOf } from '../endpoints';
import type { Service, StackBase } from '../service';
import { workerEnvironment } from '../service-environment';
import { embeddedWorkerQueues } from '../worker-queues';
import { nodeProgram } from './node-program';

const PROBE_TIMEOUT_MS = 2_000;
const WORKFLOW_QUEUE = 'pipeline';

/** One worker process for all queues. */
export const workerService: Service = {
  name: 'worker',
  ports: [],
  prepare: async (stack) => {
    await mkdir(stack.home.data('scratch'), { recursive: true });
  },
  command: (stack) => {
    const { path, version } = nodeProgram('worker');
    return { file: process.execPath, args: ['--enable-source-maps', path], env: workerEnvironment(stack, embeddedWorkerQueues()), version };
  },
  isReady: pollsItsQueue,
  readyWithinMs: 60_000,
  // A worker gives running tools time to end before they are cancelled.
  stopWithinMs: 30_000,
};

/** The identity of a worker names its pid. */
async function pollsItsQueue(stack: StackBase, pid: number): Promise<boolean> {
  const connection = await Connection.connect({ address: endpointsOf(stack.ports).temporal_address, connectTimeout: PROBE_TIMEOUT_MS });
  try {
    const { pollers } = await connection.withDeadline(Date.now() + PROBE_TIMEOUT_MS, () =>
      connection.workflowService.describeTaskQueue({ namespace: 'default', taskQueue: { name: WORKFLOW_QUEUE }, taskQueueType: 1 }),
    );
    return pollers.some((poller) => new RegExp(`\\b${pid}\\b`).test(poller.identity ?? ''));
  } finally {
    await connection.close();
  }
}
