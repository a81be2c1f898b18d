import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import type { Observable } from 'rxjs';
import { beginEvents, keepEventsAlive, setEventHeaders } from '../http/event-stream-parts';

export interface EventSourceOf<T> {
  /** The value now. */
  current: () => Promise<T>;
  /** The value now and on every change. */
  values: Observable<T>;
  isLast: (value: T) => boolean;
  /** What makes two values the same for a client. */
  essence: (value: T) => unknown;
}

/**
 * Writes values as server-sent events until the client leaves or `isLast` says so. The id of an event tells its value: a client
 * that has the last one gets 204, which ends its reconnecting (HTML Standard 9.2, "Server-sent events").
 */
export async function sendEvents<T>(request: Request, response: Response, source: EventSourceOf<T>): Promise<void> {
  const idOf = (value: T) =>
    createHash('sha256')
      .update(JSON.stringify(source.essence(value)))
      .digest('hex')
      .slice(0, 16);
  const lastId = request.get('last-event-id');
  if (lastId !== undefined) {
    const value = await source.current();
    if (source.isLast(value) && idOf(value) === lastId) {
      response.status(204).set('Cache-Control', 'no-store').end();
      return;
    }
  }
  setEventHeaders(response);
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  beginEvents(response);
  follow(response, source, { idOf, lastId });
}

function follow<T>(response: Response, source: EventSourceOf<T>, ids: { idOf: (value: T) => string; lastId: string | undefined }): void {
  const keepAlive = keepEventsAlive(response);
  const subscription = source.values.subscribe((value) => {
    const id = ids.idOf(value);
    // The client has it from the connection before.
    if (id !== ids.lastId) response.write(`id: ${id}\ndata: ${JSON.stringify(value)}\n\n`);
    if (source.isLast(value)) response.end();
  });
  const stop = () => {
    clearInterval(keepAlive);
    subscription.unsubscribe();
  };
  response.once('close', stop);
  if (response.writableEnded) stop();
}
