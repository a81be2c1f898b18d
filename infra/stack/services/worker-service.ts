import { hostname } from 'node:os';
import { Connection } from '@temporalio/client';
import { WORKFLOW_QUEUE } from '../../../temporal/contract/queues';
import { MINUTE_MS } from '../../../temporal/contract/units';
import { makeFolder } from '../../machine/make-folder';
import { endpointsOf, STACK_NAMESPACE } from '../home/endpoints';
import type { Service, StackBase } from './service';
import { workerEnvironment } from './service-environment';
import { embeddedWorkerQueues } from './worker-queues';
import { nodeProgram } from '../processes/node-program';

const PROBE_TIMEOUT_MS = 2_000;
/** Known here, so that the wait below is longer. */
const SHUTDOWN_GRACE_SECONDS = 20;

/** One worker process for all queues. */
export const workerService: Service = {
  name: 'worker',
  ports: ['workerMetrics'],
  prepare: async (stack) => {
    makeFolder(stack.home.data('scratch'));
  },
  command: (stack) => {
    const { path, version } = nodeProgram('worker');
    const env = {
      ...workerEnvironment(stack, embeddedWorkerQueues(stack)),
      WORKER_SHUTDOWN_GRACE_SECONDS: String(SHUTDOWN_GRACE_SECONDS),
      WORKER_METRICS_PORT: String(stack.ports.workerMetrics),
    };
    return { file: process.execPath, args: ['--enable-source-maps', path], env, version };
  },
  isReady: pollsItsQueue,
  readyWithinMs: MINUTE_MS,
  // The grace, five seconds for tools to end, and a moment to report.
  stopWithinMs: (SHUTDOWN_GRACE_SECONDS + 15) * 1000,
};

/** The identity of a worker names its host and its pid. Workers of other machines may have the same pid. */
async function pollsItsQueue(stack: StackBase, pid: number): Promise<boolean> {
  const connection = await Connection.connect({ address: endpointsOf(stack).temporal_address, connectTimeout: PROBE_TIMEOUT_MS });
  try {
    const { pollers } = await connection.withDeadline(Date.now() + PROBE_TIMEOUT_MS, () =>
      connection.workflowService.describeTaskQueue({ namespace: STACK_NAMESPACE, taskQueue: { name: WORKFLOW_QUEUE }, taskQueueType: 1 }),
    );
    return pollers.some((poller) => poller.identity === `${hostname()}-${pid}`);
  } finally {
    await connection.close();
  }
}
