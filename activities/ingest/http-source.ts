import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../../temporal/contract/failures';
import { OutboundRefused } from '../../infra/safe-fetch/outbound-rules';
import { discard, type SafeResponse } from '../../infra/safe-fetch/safe-fetch';
import { parseContentRange, pauseBeforeMs, rangeValidator } from '../../workflows/planning/ingest/pull-plan';
import type { IngestDependencies } from './ingest-dependencies';

const MAX_REDIRECTS = 3;
/** Answers that say that asking again is of no use, until someone changes something. */
const DENIED: ReadonlySet<number> = new Set([401, 403, 404, 410]);
const PAGE = /^\s*(text\/html|application\/xhtml\+xml)\b/i;

/** What a source says of itself in the answer to a request for its first byte. */
export interface SourceFacts {
  /** Whether it answers with the bytes that are asked for. */
  hasRanges: boolean;
  /** Null where it does not tell. */
  bytesTotal: number | null;
  validator: string | null;
}

/** The content of the URL is not the one that the stored parts are of. */
export class SourceChanged extends Error {
  override readonly name = 'SourceChanged';
}

/** One file behind a URL of a user. No error names the URL. */
export class HttpSource {
  constructor(
    private readonly deps: Pick<IngestDependencies, 'http' | 'idleTimeoutMs' | 'requestsPerPart' | 'pauseMs'>,
    private readonly url: string,
    private readonly signal: AbortSignal,
  ) {}

  /** Throws `SourceRefused`, `SourceDenied`, `SourceMismatch` for a page and for an empty file, and `SourceUnavailable`. */
  inspect(): Promise<SourceFacts> {
    return this.patiently(async () => {
      const response = await this.ask({ range: 'bytes=0-0' });
      discard(response);
      return factsOf(response);
    });
  }

  /**
   * The bytes from `start` to before `end`. Throws {@link SourceChanged} when the content is another one by now, and like
   * {@link HttpSource.inspect}.
   */
  part({ start, end }: { start: number; end: number }, { bytesTotal, validator }: SourceFacts): Promise<Buffer> {
    return this.patiently(async () => {
      const range = `bytes=${start}-${end - 1}`;
      const response = await this.ask({ range, ...(validator === null ? {} : { 'if-range': validator }) });
      const content = parseContentRange(text(response, 'content-range'));
      if (response.statusCode !== 206 || content?.total !== bytesTotal || !isSame(response, validator)) {
        discard(response);
        throw new SourceChanged();
      }
      if (content.first !== start || content.last !== end - 1) {
        discard(response);
        throw unavailable('The server of the source answers with other bytes than it was asked for.');
      }
      return wholeBody(briskly(response, this.deps.idleTimeoutMs), end - start);
    });
  }

  /** The whole file as it comes, in one go. The caller reads it to its end. Reading throws `SourceUnavailable` when it comes too slowly. */
  async whole(): Promise<AsyncIterable<Buffer>> {
    const response = await this.patiently(() => this.ask({}));
    return briskly(response, this.deps.idleTimeoutMs);
  }

  private async ask(headers: Record<string, string>): Promise<SafeResponse> {
    const { idleTimeoutMs } = this.deps;
    const times = { headersTimeoutMs: idleTimeoutMs, bodyTimeoutMs: idleTimeoutMs };
    const response = await this.deps.http.request(this.url, { headers, signal: this.signal, maxRedirects: MAX_REDIRECTS, ...times });
    const failure = refusalOf(response);
    if (!failure) return response;
    discard(response);
    throw failure;
  }

  /** Repeats what the network or the server broke off, with pauses. */
  private async patiently<T>(request: () => Promise<T>): Promise<T> {
    for (let repeat = 1; ; repeat++) {
      try {
        return await request();
      } catch (error) {
        this.signal.throwIfAborted();
        const failure = asFailure(error);
        if (!(failure instanceof SourceBusy) || repeat >= this.deps.requestsPerPart) throw failure;
        const pauseMs = this.deps.pauseMs ?? pauseBeforeMs;
        await sleep(pauseMs(repeat, failure.retryAfter), undefined, { signal: this.signal });
      }
    }
  }
}

/** The server may answer another time. */
class SourceBusy extends Failure {
  constructor(
    message: string,
    readonly retryAfter?: string,
  ) {
    super('SourceUnavailable', message);
  }
}

/** Gives errors of the network a sentence; theirs may hold addresses. */
export function asFailure(error: unknown): Error {
  if (error instanceof Failure || error instanceof SourceChanged) return error;
  if (error instanceof OutboundRefused) return new Failure('SourceRefused', error.message);
  return unavailable('The server of the source does not answer, or broke off.');
}

function unavailable(sentence: string): SourceBusy {
  return new SourceBusy(sentence);
}

function refusalOf(response: SafeResponse): Failure | null {
  const { statusCode: status } = response;
  if (DENIED.has(status)) return new Failure('SourceDenied', `The server of the source answers ${status}.`);
  if (status === 416) return new Failure('SourceMismatch', 'The source is empty.');
  if (status !== 200 && status !== 206) {
    const sentence = `The server of the source answers ${status}.`;
    return status === 429 || status >= 500
      ? new SourceBusy(sentence, text(response, 'retry-after'))
      : new Failure('SourceDenied', sentence);
  }
  const encoding = text(response, 'content-encoding') ?? 'identity';
  if (encoding !== 'identity') return new Failure('SourceMismatch', 'The server of the source compresses the file on its way.');
  if (!PAGE.test(text(response, 'content-type') ?? '')) return null;
  return new Failure('SourceMismatch', 'The address leads to a page and not to a file, perhaps one to log in.');
}

function factsOf(response: SafeResponse): SourceFacts {
  const range = response.statusCode === 206 ? parseContentRange(text(response, 'content-range')) : null;
  const length = text(response, 'content-length');
  const announced = response.statusCode === 200 && /^\d{1,15}$/.test(length ?? '') ? Number(length) : null;
  const validator = rangeValidator({ etag: text(response, 'etag'), lastModified: text(response, 'last-modified') });
  if (announced === 0) throw new Failure('SourceMismatch', 'The source is empty.');
  return { hasRanges: range !== null, bytesTotal: range?.total ?? announced, validator };
}

/** A server that ignores If-Range still tells what it sends. */
function isSame(response: SafeResponse, validator: string | null): boolean {
  if (validator === null) return true;
  const told = validator.startsWith('"') ? text(response, 'etag') : text(response, 'last-modified');
  return told === undefined || told === validator;
}

/** Fewer bytes than this in the time after which silence breaks a request off are none: a trickle would hold a slot for a day. */
const LEAST_BYTES = 65_536;

/** The body of a response, as long as it comes in at a useful speed. Time in which the caller does not read does not count. */
async function* briskly(response: SafeResponse, windowMs: number): AsyncGenerator<Buffer> {
  let waitedMs = 0;
  let bytes = 0;
  let askedAtMs = performance.now();
  for await (const piece of response.body as AsyncIterable<Buffer>) {
    waitedMs += performance.now() - askedAtMs;
    bytes += piece.length;
    yield piece;
    if (waitedMs >= windowMs) {
      if (bytes < LEAST_BYTES) throw unavailable('The server of the source sends too slowly.');
      waitedMs = 0;
      bytes = 0;
    }
    askedAtMs = performance.now();
  }
}

async function wholeBody(body: AsyncIterable<Buffer>, sizeBytes: number): Promise<Buffer> {
  const bytes = Buffer.alloc(sizeBytes);
  let filled = 0;
  for await (const piece of body) {
    if (filled + piece.length > sizeBytes) throw unavailable('The server of the source sends more than it was asked for.');
    filled += piece.copy(bytes, filled);
  }
  if (filled !== sizeBytes) throw unavailable('The server of the source broke off.');
  return bytes;
}

function text({ headers }: Pick<SafeResponse, 'headers'>, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : value?.[0];
}
