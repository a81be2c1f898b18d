import type { Response } from 'express';
import type { VideoEvent } from '../../../infra/database/events/events-repository';
import { beginEvents, keepEventsAlive, setEventHeaders } from '../http/event-stream-parts';
import type { EventTail } from './event-tail';

/** A client that reads so slowly is cut off; it comes back with the id of its last event. */
const UNREAD_MAX_BYTES = 1_000_000;

/** What a client wants to hear of. */
export interface Listening {
  /** Of one creator; of all when it is left out. */
  creatorId: string | undefined;
  /** The sequence of the last event that the client has; null for one that begins now. */
  lastSequence: number | null;
}

/**
 * Writes events as server-sent events until the client leaves (HTML Standard 9.2). Their ids are the sequence of events, so a client that comes
 * back gets what it missed. Throws `DatabaseUnavailable` before anything is written.
 */
export async function sendVideoEvents(response: Response, tail: EventTail, { creatorId, lastSequence }: Listening): Promise<void> {
  let sent = lastSequence ?? 0;
  let held: VideoEvent[] | null = [];
  const send = (events: readonly VideoEvent[]) => {
    const wanted = events.filter((event) => event.sequence > sent && (creatorId === undefined || event.creatorId === creatorId));
    for (const { sequence, type, body } of wanted) response.write(`id: ${sequence}\nevent: ${type}\ndata: ${body}\n\n`);
    sent = wanted.at(-1)?.sequence ?? sent;
    if (response.writableLength > UNREAD_MAX_BYTES) response.destroy();
  };
  // What comes while the missed ones are read waits for its turn.
  const subscription = tail.events.subscribe((events) => (held ? held.push(...events) : send(events)));
  const keepAlive = keepEventsAlive(response);
  const stop = () => {
    clearInterval(keepAlive);
    subscription.unsubscribe();
  };
  response.once('close', stop);
  try {
    const first = lastSequence === null ? [] : await tail.missed(sent, creatorId);
    setEventHeaders(response);
    beginEvents(response);
    send(first);
    for (let page = first; page.length > 0 && !response.destroyed;) send((page = await tail.missed(sent, creatorId)));
    send(held);
    held = null;
  } catch (error) {
    stop();
    if (!response.headersSent) throw error;
    response.destroy();
  }
}
