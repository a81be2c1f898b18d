import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How the server treats its file; the next request sees a change. */
export interface Oddities {
  /** Null: it sends no ETag. */
  etag: string | null;
  hasRanges: boolean;
  /** Ranges that begin here or later break off in their middle. */
  breaksFrom: number;
  /** The first requests are answered with this status. */
  refusals: { left: number; status: number; retryAfter?: string };
  redirects: number;
  redirectTo: string | null;
  contentType: string;
  /** Announced beyond what is sent. */
  missingBytes: number;
  isEndless: boolean;
  /** Sends a byte every 20 ms. */
  isTrickle: boolean;
  /** Changes the ETag when this many ranges were sent. */
  changesAfter: number;
}

const HONEST: Oddities = {
  etag: '"one"',
  hasRanges: true,
  breaksFrom: Infinity,
  refusals: { left: 0, status: 503 },
  redirects: 0,
  redirectTo: null,
  contentType: 'video/mp4',
  missingBytes: 0,
  isEndless: false,
  isTrickle: false,
  changesAfter: Infinity,
};

/** A web server on loopback with one file, as odd as a test wants it. */
export class OddServer {
  odd: Oddities = { ...HONEST };
  /** Ranges that were asked for, and `whole`. */
  asked: string[] = [];
  private readonly server = createServer((request, response) => this.answer(request, response));

  constructor(public file: Buffer) {}

  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return (this.server.address() as AddressInfo).port;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  be(odd: Partial<Oddities>): void {
    this.odd = { ...HONEST, ...odd };
    this.asked = [];
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const { odd } = this;
    if (odd.redirects > 0) {
      odd.redirects--;
      return void response.writeHead(302, { location: odd.redirectTo ?? request.url ?? '/' }).end();
    }
    if (odd.refusals.left > 0) {
      odd.refusals.left--;
      const retry = odd.refusals.retryAfter;
      return void response.writeHead(odd.refusals.status, retry === undefined ? {} : { 'retry-after': retry }).end();
    }
    response.setHeader('content-type', odd.contentType);
    if (odd.etag !== null) response.setHeader('etag', odd.etag);
    const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '');
    const ifRange = request.headers['if-range'];
    if (odd.isEndless) return sendForever(response);
    if (odd.hasRanges && range && (ifRange === undefined || ifRange === odd.etag))
      this.sendRange(response, Number(range[1]), Number(range[2]));
    else this.sendWhole(response);
  }

  private sendRange(response: ServerResponse, first: number, last: number): void {
    const { odd, file } = this;
    this.asked.push(`${first}-${last}`);
    const body = file.subarray(first, last + 1);
    response.writeHead(206, { 'content-range': `bytes ${first}-${last}/${file.length}`, 'content-length': body.length });
    if (odd.isTrickle && body.length > 1) return trickle(response, body);
    if (first >= odd.breaksFrom) response.write(body.subarray(0, body.length / 2), () => response.destroy());
    else response.end(body);
    if (this.asked.length === odd.changesAfter) this.odd = { ...odd, etag: '"two"' };
  }

  private sendWhole(response: ServerResponse): void {
    const { odd, file } = this;
    this.asked.push('whole');
    response.setHeader('content-length', file.length + odd.missingBytes);
    if (odd.missingBytes > 0) response.write(file, () => response.destroy());
    else response.end(file);
  }
}

function trickle(response: ServerResponse, body: Buffer): void {
  let sent = 0;
  const timer = setInterval(() => response.write(body.subarray(sent, ++sent)), 20);
  response.once('close', () => clearInterval(timer));
}

/** Without a length, as long as the client reads. */
function sendForever(response: ServerResponse): void {
  const piece = Buffer.alloc(256 * 1024);
  const send = () => {
    while (!response.destroyed && response.write(piece));
  };
  response.on('drain', send);
  send();
}
