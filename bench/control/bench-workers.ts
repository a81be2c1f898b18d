import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SprocketClient } from '../../packages/client/src/sprocket-client';
import { projectRoot } from '../../infra/stack/setup/project-root';
import { servicePid } from '../measure/process-usage';

/** Slots that no video has to wait for; the machine is the limit. */
const QUEUES = 'pipeline:100,probe:4,split:4,transcode-cpu:18,audio:4,thumbnail:4,package:8,verify:8';
const POLL_MS = 200;

/** Worker processes with played-back tools in place of the stack's own worker. */
export class BenchWorkers {
  private constructor(private readonly children: ChildProcess[]) {}

  /** Ends the stack's worker and resolves when the others are listed. */
  static async start(stack: { home: string; apiUrl: string }, count: number, folder: string): Promise<BenchWorkers> {
    process.kill(servicePid(stack.home, 'worker'), 'SIGTERM');
    const program = join(projectRoot(), 'dist', 'bench', 'control', 'worker', 'main.js');
    const children = Array.from({ length: count }, () =>
      spawn(process.execPath, ['--enable-source-maps', program, folder], {
        env: { ...process.env, WORKER_QUEUES: QUEUES, SCRATCH_DIR: join(folder, 'scratch') },
        stdio: ['ignore', 2, 2],
      }),
    );
    const api = new SprocketClient({ url: stack.apiUrl });
    for (const { pid } of children) {
      const isListed = async () =>
        (await api.workers()).some(({ identity, queue }) => queue === 'transcode-cpu' && identity.endsWith(`-${pid}`));
      while (!(await isListed())) await sleep(POLL_MS);
    }
    return new BenchWorkers(children);
  }

  get pids(): number[] {
    return this.children.map(({ pid }) => pid ?? 0);
  }

  async stop(): Promise<void> {
    for (const child of this.children) child.kill('SIGTERM');
    await Promise.all(this.children.filter(({ exitCode }) => exitCode === null).map((child) => once(child, 'exit')));
  }
}
