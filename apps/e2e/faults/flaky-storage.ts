import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Of all requests; the rest pass untouched. */
const SHARES = { refused: 0.1, cutAnswer: 0.05, cutRequest: 0.03, slow: 0.1 } as const;
const SLOW_CHUNK_BYTES = 64 * 1024;
const SLOW_PAUSE_MS = 50;

type Trouble = keyof typeof SHARES;

/** A store that is up and works badly: refusals, connections that drop in the middle of a body, slow bodies. */
export class FlakyStorage {
  readonly counts: Record<Trouble | 'passed', number> = { passed: 0, refused: 0, cutAnswer: 0, cutRequest: 0, slow: 0 };
  private readonly server: Server;
  private readonly random = randomFrom(7);

  private constructor(private readonly upstream: URL) {
    this.server = createServer((incoming, outgoing) => void this.handle(incoming, outgoing).catch(() => outgoing.destroy()));
  }

  static async before(endpoint: string): Promise<FlakyStorage> {
    const proxy = new FlakyStorage(new URL(endpoint));
    proxy.server.listen(0, '127.0.0.1');
    await once(proxy.server, 'listening');
    return proxy;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const trouble = this.draw();
    this.counts[trouble ?? 'passed'] += 1;
    if (trouble === 'refused') return refuse(incoming, outgoing);
    // The caller signed its own Host header, so that passes as it is.
    const { hostname, port } = this.upstream;
    const forward = request({ hostname, port, path: incoming.url, method: incoming.method, headers: incoming.headers });
    forward.once('error', () => outgoing.destroy());
    outgoing.once('close', () => forward.destroy());
    const answered = once(forward, 'response') as Promise<[IncomingMessage]>;
    if (trouble === 'cutRequest') {
      answered.catch(() => undefined);
      incoming.once('data', () => incoming.destroy());
      if (Number(incoming.headers['content-length'] ?? 0) === 0) incoming.destroy();
      forward.destroy();
      return;
    }
    incoming.pipe(forward);
    const [answer] = await answered;
    outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
    await this.passOn(answer, outgoing, trouble);
  }

  private async passOn(answer: IncomingMessage, outgoing: ServerResponse, trouble: Trouble | null): Promise<void> {
    const cutAt = trouble === 'cutAnswer' ? Number(answer.headers['content-length'] ?? 0) / 2 : Infinity;
    let passed = 0;
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      const rest = chunk.subarray(0, Math.max(0, cutAt - passed));
      for (let start = 0; start < rest.length; start += SLOW_CHUNK_BYTES) {
        if (trouble === 'slow') await sleep(SLOW_PAUSE_MS);
        if (!outgoing.write(rest.subarray(start, start + SLOW_CHUNK_BYTES))) await once(outgoing, 'drain');
      }
      passed += chunk.length;
      if (passed >= cutAt) return void outgoing.destroy();
    }
    if (trouble === 'cutAnswer') outgoing.destroy();
    else outgoing.end();
  }

  private draw(): Trouble | null {
    let share = this.random();
    for (const [trouble, part] of Object.entries(SHARES)) {
      if (share < part) return trouble as Trouble;
      share -= part;
    }
    return null;
  }
}

/** As S3 answers a caller that asks too often. */
async function refuse(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  incoming.resume();
  await once(incoming, 'end');
  const body = '<?xml version="1.0" encoding="UTF-8"?><Error><Code>ServiceUnavailable</Code><Message>Please try again.</Message></Error>';
  outgoing.writeHead(503, { 'content-type': 'application/xml', 'content-length': body.length });
  outgoing.end(incoming.method === 'HEAD' ? undefined : body);
}

/** Numbers from 0 to 1, the same in every run (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
