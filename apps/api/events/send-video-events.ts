import type { Response } from 'express';
import type { VideoEvent } from '../../../infra/database/events/events-repository';
import { beginEvents, keepEventsAlive, setEventHeaders, untilRead, writeEvents } from '../http/event-stream-parts';
import type { EventTail } from './event-tail';

/** A client that takes so long to read what it missed is cut off, and comes back with the id of its last event. */
const MOST_HELD_EVENTS = 1_000;

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
  const wanted = (events: readonly VideoEvent[]) =>
    events.filter((event) => event.sequence > sent && (creatorId === undefined || event.creatorId === creatorId));
  const next = (events: readonly VideoEvent[]) => {
    const unsent = wanted(events);
    sent = unsent.at(-1)?.sequence ?? sent;
    return unsent;
  };
  const send = (events: readonly VideoEvent[]) => {
    const text = next(events).map(textOf).join('');
    if (text !== '') writeEvents(response, text);
  };
  const sendMissed = async (events: readonly VideoEvent[]) => {
    for (const event of next(events)) {
      if (response.destroyed) return;
      response.write(textOf(event));
      await untilRead(response);
    }
  };
  // What comes while the missed ones are read waits for its turn.
  const hold = (waiting: VideoEvent[], events: readonly VideoEvent[]) => {
    if (waiting.push(...wanted(events)) > MOST_HELD_EVENTS) response.destroy();
  };
  const subscription = tail.events.subscribe((events) => (held ? hold(held, events) : send(events)));
  response.once('close', () => subscription.unsubscribe());
  keepEventsAlive(response);
  try {
    const first = lastSequence === null ? [] : await tail.missed(sent, creatorId);
    setEventHeaders(response);
    beginEvents(response);
    await sendMissed(first);
    for (let page = first; page.length > 0 && !response.destroyed;) await sendMissed((page = await tail.missed(sent, creatorId)));
    // Nothing waits behind this line, so none comes between.
    send(held);
    held = null;
  } catch (error) {
    if (!response.headersSent) throw error;
    response.destroy();
  }
}

function textOf({ sequence, type, body }: VideoEvent): string {
  return `id: ${sequence}\nevent: ${type}\ndata: ${body}\n\n`;
}
