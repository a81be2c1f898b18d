import { once } from 'node:events';
import type { Response } from 'express';

/** Proxies close silent connections, mostly after a minute. */
const KEEP_ALIVE_INTERVAL_MS = 15_000;
const RECONNECT_AFTER_MS = 2_000;
/** What may wait in this process for one client, beside what the kernel holds. A client that is cut off comes back with the id of its last event. */
const UNREAD_MAX_BYTES = 64 * 1024;

/** The head of a stream of server-sent events (HTML Standard 9.2); `beginEvents` writes its first line. */
export function setEventHeaders(response: Response): void {
  response.set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' });
}

/** Tells a client when to come back. */
export function beginEvents(response: Response): void {
  response.write(`retry: ${RECONNECT_AFTER_MS}\n\n`);
}

/** Writes events that came together, or cuts off a client that has left too much unread of those before. */
export function writeEvents(response: Response, text: string): void {
  if (response.writableLength > UNREAD_MAX_BYTES) response.destroy();
  else response.write(text);
}

/** Resolves once a client has read what waits for it, or is gone. */
export async function untilRead(response: Response): Promise<void> {
  if (!response.writableNeedDrain || response.destroyed) return;
  const over = new AbortController();
  const { signal } = over;
  await Promise.race([once(response, 'drain', { signal }), once(response, 'close', { signal })]).finally(() => over.abort());
}

/** Writes comments until the response is closed. A client that has read nothing of what waits for it since the last one is cut off. */
export function keepEventsAlive(response: Response): void {
  let sentBefore = -1;
  const timer = setInterval(() => {
    // What was handed to the kernel; Node counts what waits, too.
    const sent = (response.socket?.bytesWritten ?? 0) - response.writableLength;
    if (response.writableLength > 0 && sent === sentBefore) return response.destroy();
    sentBefore = sent;
    response.write(': still here\n\n');
  }, KEEP_ALIVE_INTERVAL_MS);
  response.once('close', () => clearInterval(timer));
}
