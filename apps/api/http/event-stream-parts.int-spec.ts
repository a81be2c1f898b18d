import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Response } from 'express';
import { untilRead, writeEvents } from './event-stream-parts';

const EVENT = `data: ${'x'.repeat(16_000)}\n\n`;
/** More than kernels hold for a connection. */
const MOST_EVENTS = 4_000;

/** Streams events to a client, which reads or does not. Resolves to the events written until the end, and whether the client was cut off. */
async function stream(isReading: boolean): Promise<{ written: number; isCutOff: boolean; unread: number }> {
  const server = createServer().listen(0, '127.0.0.1');
  try {
    await once(server, 'listening');
    const request = get({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', agent: false }).on('error', () => undefined);
    const [, response] = (await once(server, 'request')) as [IncomingMessage, ServerResponse];
    request.on('response', (answer) => void (isReading ? answer.on('error', () => undefined).resume() : answer.pause()));
    let [written, unread] = [0, 0];
    for (; written < MOST_EVENTS && !response.destroyed; written++) {
      writeEvents(response as Response, EVENT);
      unread = Math.max(unread, response.destroyed ? 0 : response.writableLength);
      if (isReading) await untilRead(response as Response);
      else await new Promise(setImmediate);
    }
    const isCutOff = response.destroyed;
    request.destroy();
    return { written, isCutOff, unread };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

it('cuts off a client that does not read, and holds little for it', async () => {
  const { isCutOff, unread } = await stream(false);
  expect(isCutOff).toBe(true);
  // The limit, and the event that went over it with its frame.
  expect(unread).toBeLessThan(64 * 1024 + EVENT.length + 100);
});

it('serves one that reads to the end', async () => {
  expect(await stream(true)).toMatchObject({ written: MOST_EVENTS, isCutOff: false });
});
