import type { Response } from 'express';
import type { Observable } from 'rxjs';

/** Proxies close silent connections, mostly after a minute. */
const KEEP_ALIVE_INTERVAL_MS = 15_000;

/**
 * Writes values as server-sent events until the client leaves or `isLast` says so.
 * (HTML Standard 9.2, "Server-sent events")
 */
export function sendEvents<T>(response: Response, values: Observable<T>, isLast: (value: T) => boolean): void {
  response.set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' });
  response.flushHeaders();
  const keepAlive = setInterval(() => response.write(': still here\n\n'), KEEP_ALIVE_INTERVAL_MS);
  const subscription = values.subscribe((value) => {
    response.write(`data: ${JSON.stringify(value)}\n\n`);
    if (isLast(value)) response.end();
  });
  const stop = () => {
    clearInterval(keepAlive);
    subscription.unsubscribe();
  };
  response.once('close', stop);
  if (response.writableEnded) stop();
}
