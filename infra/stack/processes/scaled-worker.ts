import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync } from 'node:fs';
import { openLog, signal } from './daemon';
import { nodeProgram } from './node-program';
import type { StackHome } from '../home/stack-home';
import { markedProcesses, SERVICE_MARK } from './stray-processes';

/** Mark of the workers that the autoscaler starts. */
export const SCALED_WORKER = 'scaled-worker';

/** A worker process that the autoscaler owns. */
export interface WorkerProcess {
  pid: number;
  /** Tells it to drain; a second time changes nothing. */
  drain(): void;
  /** Its exit code, or the name of the signal that ended it. */
  ended: Promise<number | string>;
}

/** Starts a worker for `queues` (as in `WORKER_QUEUES`) with the environment of this process. Rejects when it cannot be started. */
export async function startScaledWorker(home: StackHome, queues: string): Promise<WorkerProcess> {
  const { log } = openLog(home.logFile(SCALED_WORKER));
  const child = spawn(process.execPath, ['--enable-source-maps', nodeProgram('worker').path], {
    env: { ...process.env, WORKER_QUEUES: queues, [SERVICE_MARK]: SCALED_WORKER },
    stdio: ['ignore', log, log],
    // Its own group: it is told to drain, whatever ends the autoscaler.
    detached: true,
  });
  closeSync(log);
  const ended = once(child, 'exit').then(([code, name]) => (code as number | null) ?? String(name));
  await once(child, 'spawn');
  const pid = child.pid as number;
  return { pid, drain: () => signal(pid, 'SIGTERM'), ended };
}

/** Tells the workers to drain that an autoscaler left behind when it was killed. Resolves to their number. */
export function drainLeftWorkers(home: StackHome): number {
  const pids = markedProcesses(home.folder, SCALED_WORKER);
  for (const pid of pids) signal(pid, 'SIGTERM');
  return pids.length;
}
