import { once } from 'node:events';
import { createReadStream, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Webhook } from 'standardwebhooks';

/** An event as a receiver gets it. */
export interface ReceivedEvent {
  id: string;
  type: string;
  data: Record<string, unknown>;
}

/** A customer's site: it serves one file by ranges at `/film.mp4`, and takes events at `/hook`. */
export class Site {
  /** Of events whose signature was right. */
  readonly events: ReceivedEvent[] = [];
  readonly ranges: string[] = [];
  /** Happens between the receipt of an event and its answer. */
  beforeAnswer: (event: ReceivedEvent) => void = () => undefined;
  /** Ranges from this byte on begin and never end. */
  breaksOffFrom = Infinity;
  private secret = '';
  private readonly waiting: [body: string, headers: Record<string, string>][] = [];
  private readonly server = createServer((request, response) => void this.answer(request, response));

  private constructor(
    private readonly film: string,
    readonly url: string,
  ) {}

  /** On the port that the stack under test may connect to. Throws when the runner did not name one. */
  static async open(film: string): Promise<Site> {
    const port = Number(process.env['TEST_SITE_PORT']);
    if (!port) throw new Error('TEST_SITE_PORT is not set: the test runner lets the stack connect to it');
    const site = new Site(film, `http://127.0.0.1:${port}`);
    site.server.listen(port, '127.0.0.1');
    await once(site.server, 'listening');
    return site;
  }

  /** Events that came before their secret was known are verified now. Throws for a wrong signature. */
  setSecret(secret: string): void {
    this.secret = secret;
    for (const [body, headers] of this.waiting.splice(0)) this.take(body, headers);
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url === '/hook') return this.receive(request, response);
    const { size } = statSync(this.film);
    const [, first = '0', last = String(size - 1)] = /^bytes=(\d+)-(\d+)?$/.exec(request.headers.range ?? '') ?? [];
    this.ranges.push(request.headers.range ?? '');
    const end = Math.min(Number(last), size - 1);
    response.writeHead(206, {
      'Content-Type': 'video/mp4',
      'Accept-Ranges': 'bytes',
      ETag: '"film"',
      'Content-Length': end - Number(first) + 1,
      'Content-Range': `bytes ${first}-${end}/${size}`,
    });
    if (Number(first) < this.breaksOffFrom) createReadStream(this.film, { start: Number(first), end }).pipe(response);
    else response.write(Buffer.alloc(1));
  }

  private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    if (this.secret) this.beforeAnswer(this.take(body, headers));
    else this.waiting.push([body, headers]);
    response.writeHead(204).end();
  }

  private take(body: string, headers: Record<string, string>): ReceivedEvent {
    const { type, data } = new Webhook(this.secret).verify(body, headers) as Omit<ReceivedEvent, 'id'>;
    const event = { id: headers['webhook-id'] ?? '', type, data };
    this.events.push(event);
    return event;
  }
}
