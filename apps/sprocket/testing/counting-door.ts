import { EventEmitter, once } from 'node:events';
import { createServer, request as startRequest } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A way to the object store that counts the parts that come through. */
export interface CountingDoor {
  url: string;
  /** Numbers of the parts that the store has taken, in the order of its answers. */
  taken: number[];
  /** Resolves when the store has taken so many. */
  hasTaken(count: number): Promise<void>;
  close(): Promise<void>;
}

/** Passes requests on as they are; signatures name the door, and the store reads the same name. */
export async function openCountingDoor(storeUrl: string): Promise<CountingDoor> {
  const { hostname, port } = new URL(storeUrl);
  const taken: number[] = [];
  const news = new EventEmitter();
  const server = createServer((request, response) => {
    const onward = startRequest({ hostname, port, method: request.method, path: request.url, headers: request.headers }, (answer) => {
      const part = new URL(request.url ?? '', storeUrl).searchParams.get('partNumber');
      if (part !== null && answer.statusCode === 200) news.emit('part', taken.push(Number(part)));
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    // A client that was killed takes its request with it.
    request.once('close', () => request.complete || onward.destroy());
    onward.once('error', () => response.destroy());
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken,
    hasTaken: async (count) => {
      while (taken.length < count) await once(news, 'part');
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
