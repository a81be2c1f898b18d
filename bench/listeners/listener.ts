import { get, type IncomingMessage } from 'node:http';

/** A client of one event stream that reads at once. */
export interface Listener {
  /** Events that came so far. */
  events: number;
  /** When the last one came, of `performance.now()`; 0 before the first. */
  lastAtMs: number;
  close(): void;
}

/** Opens a stream of server-sent events. Resolves once its head has come; rejects for an answer that is no stream. */
export async function listen(url: string): Promise<Listener> {
  const response = await headOf(url);
  const listener: Listener = { events: 0, lastAtMs: 0, close: () => response.destroy() };
  response.on('error', () => undefined);
  response.setEncoding('utf8').on('data', (text: string) => {
    const events = text.split('\ndata: ').length - 1;
    if (events === 0) return;
    listener.events += events;
    listener.lastAtMs = performance.now();
  });
  return listener;
}

function headOf(url: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get(url, { agent: false }, (response) => {
      if (response.statusCode === 200) return resolve(response);
      response.resume();
      reject(new Error(`a listener was answered ${response.statusCode}`));
    }).once('error', reject);
  });
}
