import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { LRUCache } from 'lru-cache';
import { Failure } from '../../../temporal/contract/failures';
import type { Bucket } from '../../../temporal/contract/object-keys';
import { BlockReader } from './block-reader';
import type { ObjectStore } from '../object-store';

/** One object opened for tools. */
export interface SourceSession {
  /** Loopback URL with a random path; it serves ranges and dies with the session. */
  url: string;
  sizeBytes: number;
  /** Bytes fetched from storage for this session so far. */
  bytesRead(): number;
}

interface OpenSource {
  reader: BlockReader;
  failure: Error | undefined;
}

/**
 * Serves objects to media tools over loopback HTTP. Tools see no signed URL (arguments show in the process list), reads
 * are bounded and counted, and storage errors are told apart from a damaged file.
 */
export class SourceGateway {
  private readonly sources = new Map<string, OpenSource>();
  private readonly server: Server = createServer((request, response) => void this.serve(request, response));
  private readonly stopping = new AbortController();
  /** Sizes in bytes by bucket and key: objects that tools read are never written again. */
  private readonly sizes = new LRUCache<string, number>({ max: 256 });
  /** Ends its waiting with the gateway, not with a session: sessions share what is fetched. */
  private readonly objects: ObjectStore;

  /** A tool that reads while the store is away waits for it. */
  constructor(objects: ObjectStore) {
    this.objects = objects.patient(this.stopping.signal);
  }

  async start(): Promise<void> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  /**
   * Opens an object while `use` runs. Throws `SourceNotFound` when it does not exist, and the storage error
   * in place of the tool's own: a tool sees a storage error only as an early end of its input.
   */
  async use<T>(object: { bucket: Bucket; key: string }, use: (session: SourceSession) => Promise<T>): Promise<T> {
    const sizeBytes = await this.sizeOf(object);
    const token = randomUUID();
    const reader = new BlockReader(this.objects, object.bucket, object.key, sizeBytes);
    const source: OpenSource = { reader, failure: undefined };
    this.sources.set(token, source);
    const { port } = this.server.address() as AddressInfo;
    try {
      const result = await use({
        url: `http://127.0.0.1:${port}/${token}`,
        sizeBytes,
        bytesRead: () => reader.bytesFetched,
      });
      if (source.failure) throw source.failure;
      return result;
    } catch (error) {
      throw source.failure ?? error;
    } finally {
      this.sources.delete(token);
    }
  }

  private async sizeOf({ bucket, key }: { bucket: Bucket; key: string }): Promise<number> {
    const name = `${bucket}/${key}`;
    const known = this.sizes.get(name);
    if (known !== undefined) return known;
    const head = await this.objects.head(bucket, key);
    if (!head) throw new Failure('SourceNotFound', 'The file to read is not in storage.');
    this.sizes.set(name, head.sizeBytes);
    return head.sizeBytes;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const source = this.sources.get((request.url ?? '').slice(1));
    if (!source) return void response.writeHead(404).end();
    const range = parseRange(request.headers.range, source.reader.sizeBytes);
    if (!range) return void response.writeHead(416, { 'content-range': `bytes */${source.reader.sizeBytes}` }).end();
    response.writeHead(request.headers.range ? 206 : 200, {
      'accept-ranges': 'bytes',
      'content-length': range.end - range.start,
      'content-range': `bytes ${range.start}-${range.end - 1}/${source.reader.sizeBytes}`,
    });
    if (request.method === 'HEAD') return void response.end();
    try {
      await pipeline(Readable.from(source.reader.read(range.start, range.end)), response);
    } catch (error) {
      // A tool closes the connection once it has read enough; that is no failure.
      if (error instanceof Failure) source.failure ??= error;
    }
  }
}

/** A single byte range with an exclusive end (RFC 9110 14.1.2), the whole object without a header, null when unsatisfiable. */
function parseRange(header: string | undefined, sizeBytes: number): { start: number; end: number } | null {
  if (header === undefined) return { start: 0, end: sizeBytes };
  const match = /^bytes=(\d+)-(\d*)$/.exec(header);
  if (!match) return null;
  const start = Number(match[1]);
  const end = match[2] ? Math.min(Number(match[2]) + 1, sizeBytes) : sizeBytes;
  return start < end ? { start, end } : null;
}
