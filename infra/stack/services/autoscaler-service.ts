import { readLook } from '../home/autoscaler-look';
import type { Service } from './service';
import { workerEnvironment } from './service-environment';
import { embeddedWorkerQueues } from './worker-queues';
import { nodeProgram } from '../processes/node-program';

/** It looks every two seconds, and each call it makes may take five. */
const SILENT_AFTER_MS = 15_000;

/** Adds worker processes when work waits and drains them when it is quiet. Part of the stack only when asked for. */
export const autoscalerService: Service = {
  name: 'autoscaler',
  ports: [],
  command: (stack) => {
    const { path, version } = nodeProgram('autoscaler');
    return {
      file: process.execPath,
      args: ['--enable-source-maps', path],
      env: workerEnvironment(stack, embeddedWorkerQueues({ autoscaled: true })),
      version,
    };
  },
  isReady: async ({ home }, pid) => {
    const look = readLook(home);
    return look?.pid === pid && Date.now() - look.lookedAtMs < SILENT_AFTER_MS;
  },
  readyWithinMs: 30_000,
  // Its workers drain before it ends.
  stopWithinMs: 40_000,
};
