import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { projectRoot } from '../../../infra/stack/setup/project-root';

const POLL_MS = 50;

/** A built program of the service. */
export interface ProgramOfRelease {
  app: 'api' | 'worker';
  /** Root of a built release; absent: this one. */
  release?: string;
}

/** A process of a test, beside the stack's own. */
export class ExtraProgram {
  protected readonly child: ChildProcess;
  private readonly end: Promise<unknown[]>;
  private output = '';

  /** Starts the process in the test's environment and does not wait for it. */
  constructor({ app, release = projectRoot() }: ProgramOfRelease, environment: Record<string, string>) {
    this.child = spawn(process.execPath, [join(release, 'dist', 'apps', app, 'main.js')], {
      env: { ...process.env, NODE_ENV: 'production', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout, this.child.stderr])
      stream?.on('data', (text: Buffer) => (this.output += text.toString('utf8')));
    this.end = once(this.child, 'exit');
  }

  /** Resolves once the program has written this. */
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
}
