import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { SprocketClient } from '../../../packages/client/src/sprocket-client';
import { ExtraProgram } from './extra-program';
import { apiUrl } from './published-video';

const POLL_MS = 50;

/** A worker process of a test, beside the stack's own, with a scratch folder of its own. */
export class ExtraWorker extends ExtraProgram {
  /** Starts the process and does not wait for it; `release` is the root of a built release, absent for this one. */
  constructor(
    readonly scratch: string,
    environment: Record<string, string>,
    release?: string,
  ) {
    mkdirSync(scratch, { recursive: true });
    super({ app: 'worker', release }, { SCRATCH_DIR: scratch, ...environment });
  }

  /** Resolves once the API lists the worker. */
  static async serving(scratch: string, environment: Record<string, string>): Promise<ExtraWorker> {
    const worker = new ExtraWorker(scratch, environment);
    await worker.isListed(new SprocketClient({ url: apiUrl() }));
    return worker;
  }

  /** Resolves once this API lists the worker. */
  async isListed(api: SprocketClient): Promise<void> {
    while (!(await api.workers()).some(({ identity }) => identity === this.workerId)) await sleep(POLL_MS);
  }

  get workerId(): string {
    return `${hostname()}-${this.child.pid}`;
  }

  /** Names in the scratch folder and command lines of tools that work below it. */
  async leftovers(): Promise<string[]> {
    const { stdout } = spawnSync('ps', ['-eo', 'args='], { encoding: 'utf8' });
    return [...(await readdir(this.scratch)), ...stdout.split('\n').filter((line) => line.includes(this.scratch))];
  }
}
