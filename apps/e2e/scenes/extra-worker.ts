import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { projectRoot } from '../../../infra/stack/setup/project-root';
import { ApiClient } from '../../client/api-client';
import { apiUrl } from './published-video';

const POLL_MS = 50;

/** A worker process of a test, beside the stack's own, with a scratch folder of its own. */
export class ExtraWorker {
  private readonly child: ChildProcess;
  private readonly end: Promise<unknown[]>;
  private output = '';

  /** Starts the process and does not wait for it. */
  constructor(
    readonly scratch: string,
    environment: Record<string, string>,
  ) {
    mkdirSync(scratch, { recursive: true });
    this.child = spawn(process.execPath, [join(projectRoot(), 'dist', 'apps', 'worker', 'main.js')], {
      env: { ...process.env, NODE_ENV: 'production', SCRATCH_DIR: scratch, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout, this.child.stderr])
      stream?.on('data', (text: Buffer) => (this.output += text.toString('utf8')));
    this.end = once(this.child, 'exit');
  }

  /** Resolves once the API lists the worker. */
  static async serving(scratch: string, environment: Record<string, string>): Promise<ExtraWorker> {
    const worker = new ExtraWorker(scratch, environment);
    const api = new ApiClient(apiUrl());
    while (!(await api.workers()).some(({ identity }) => identity === worker.workerId)) await sleep(POLL_MS);
    return worker;
  }

  get workerId(): string {
    return `${hostname()}-${this.child.pid}`;
  }

  /** Resolves once the worker has written this. */
  async says(text: string): Promise<void> {
    while (!this.output.includes(text)) await sleep(POLL_MS);
  }

  get isAlive(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Sends a signal and does not wait. */
  signal(name: NodeJS.Signals): void {
    this.child.kill(name);
  }

  /** Sends the signal and waits for the end. */
  async stop(signal: NodeJS.Signals): Promise<{ exitCode: number | null; wallMs: number }> {
    const startedAt = performance.now();
    this.child.kill(signal);
    const [exitCode] = await this.end;
    return { exitCode: exitCode as number | null, wallMs: Math.round(performance.now() - startedAt) };
  }

  /** Ends it, whatever state it is in. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.end;
  }

  /** Names in the scratch folder and command lines of tools that work below it. */
  async leftovers(): Promise<string[]> {
    const { stdout } = spawnSync('ps', ['-eo', 'args='], { encoding: 'utf8' });
    return [...(await readdir(this.scratch)), ...stdout.split('\n').filter((line) => line.includes(this.scratch))];
  }
}
