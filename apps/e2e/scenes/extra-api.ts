import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { ExtraProgram } from './extra-program';

const POLL_MS = 100;

/** An API process of a test, beside the stack's own. */
export class ExtraApi extends ExtraProgram {
  private constructor(
    readonly url: string,
    environment: Record<string, string>,
    release?: string,
  ) {
    super({ app: 'api', release }, { ...environment, API_PORT: new URL(url).port, API_PUBLIC_URL: url });
  }

  /** Starts one on a free port; `release` is the root of a built release, absent for this one. */
  static async start(environment: Record<string, string>, release?: string): Promise<ExtraApi> {
    return new ExtraApi(`http://127.0.0.1:${await freePort()}`, environment, release);
  }

  /** Resolves once the API and what it stands on are ready. Throws when the process has ended instead. */
  async isReady(): Promise<void> {
    while (!(await this.answersReady())) {
      if (!this.isAlive) throw new Error('the API has ended before it was ready');
      await sleep(POLL_MS);
    }
  }

  private answersReady(): Promise<boolean> {
    return fetch(`${this.url}/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
