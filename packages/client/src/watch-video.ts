import { createParser, type EventSourceMessage } from 'eventsource-parser';
import type { VideoProgress } from './api-bodies.ts';
import { pause } from './pause.ts';
import type { SprocketClient } from './sprocket-client.ts';

const RECONNECT_AFTER_MS = 2_000;

/**
 * The progress of a video, now and on every change, until it is final. A broken connection is opened again and goes on after the last
 * event (HTML Standard 9.2, "Server-sent events": Last-Event-ID, `retry`, 204). Ends silently when `signal` is aborted; throws what the
 * client throws when the API refuses, or does not answer for the client's patience.
 */
export async function* watchVideo(client: SprocketClient, videoId: string, signal?: AbortSignal): AsyncGenerator<VideoProgress, void> {
  const place: Place = { lastId: null, retryMs: RECONNECT_AFTER_MS };
  const open = () => client.events(videoId, place.lastId, signal ? { signal } : {});
  try {
    for (let stream = await open(); stream !== null; stream = await open()) {
      const hasEnded = yield* progressOf(stream, place);
      // The server ends the stream after the last event: asking again at once hears 204.
      if (!hasEnded) await pause(place.retryMs, signal);
    }
  } catch (error) {
    if (!signal?.aborted) throw error;
  }
}

/** How far a client has come, and when it may come back. */
interface Place {
  lastId: string | null;
  retryMs: number;
}

/** The events of one connection. Returns whether the server ended it after news; else it broke. */
async function* progressOf(stream: ReadableStream<Uint8Array>, place: Place): AsyncGenerator<VideoProgress, boolean> {
  let hasNews = false;
  try {
    for await (const message of messages(stream, (ms) => (place.retryMs = ms))) {
      place.lastId = message.id ?? place.lastId;
      hasNews = true;
      yield JSON.parse(message.data) as VideoProgress;
    }
    return hasNews;
  } catch (error) {
    if (!isConnectionError(error)) throw error;
    return false;
  }
}

async function* messages(stream: ReadableStream<Uint8Array>, onRetry: (ms: number) => void): AsyncGenerator<EventSourceMessage, void> {
  const waiting: EventSourceMessage[] = [];
  const parser = createParser({ onEvent: (message) => waiting.push(message), onRetry });
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      parser.feed(decoder.decode(part.value, { stream: true }));
      yield* waiting.splice(0);
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** `fetch` rejects with a TypeError when a connection ends in the middle (WHATWG Fetch 5.6). */
function isConnectionError(error: unknown): boolean {
  return error instanceof TypeError;
}
