import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Headers that sprocket reads. `origin` stays here, because sprocket refuses writes that come from pages of other sites. */
const HEADERS = ['accept', 'content-type', 'idempotency-key', 'last-event-id'];

/** Passes a call of a page on to sprocket with the key of this site, which no page ever sees. */
export function passOn(url, apiKey) {
  return async ({ method, originalUrl, headers, body }, response) => {
    const visitorIsGone = new AbortController();
    response.once('close', () => visitorIsGone.abort());
    const kept = HEADERS.filter((name) => headers[name]).map((name) => [name, headers[name]]);
    try {
      const answer = await fetch(url + originalUrl, {
        method,
        headers: { ...Object.fromEntries(kept), authorization: `Bearer ${apiKey}` },
        body: body?.length ? body : null,
        signal: visitorIsGone.signal,
      });
      response.status(answer.status).set('content-type', answer.headers.get('content-type') ?? 'text/plain');
      await pipeline(answer.body ? Readable.fromWeb(answer.body) : Readable.from([]), response);
    } catch {
      // The client in the page asks again after a 503.
      if (response.headersSent) response.destroy();
      else response.status(503).end();
    }
  };
}
