import type { Response } from 'express';

/** Proxies close silent connections, mostly after a minute. */
const KEEP_ALIVE_INTERVAL_MS = 15_000;
const RECONNECT_AFTER_MS = 2_000;

/** The head of a stream of server-sent events (HTML Standard 9.2); `beginEvents` writes its first line. */
export function setEventHeaders(response: Response): void {
  response.set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' });
}

/** Tells a client when to come back. */
export function beginEvents(response: Response): void {
  response.write(`retry: ${RECONNECT_AFTER_MS}\n\n`);
}

/** Writes comments until the timer is cleared. */
export function keepEventsAlive(response: Response): NodeJS.Timeout {
  return setInterval(() => response.write(': still here\n\n'), KEEP_ALIVE_INTERVAL_MS);
}
