import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ObjectStore, type ObjectHead } from '../../../infra/object-store/object-store';
import { openObject, readSteadily } from '../../../infra/object-store/origin-reader';
import { Failure } from '../../../temporal/contract/failures';
import { MINUTE_MS } from '../../../temporal/contract/units';
import { API_PREFIX } from '../api-prefix';
import { PublicWithoutLimit } from '../auth/public.decorator';
import { Refuses } from '../open-api/refuses.decorator';
import { isOpenedBy, type PlaybackGrant } from '../playback/playback-token';
import { PlaybackTokens } from '../playback/playback-tokens';
import { Problem } from '../problems/problem';
import { TOKEN_FOLDER } from '../videos/video-links';
import { HeldSegments } from './early/held-segments';
import { resolveRange, type ByteRange } from './byte-range';
import { mediaType, type MediaType } from './media-type';
import { streamObject, type StreamObject } from './object-path';
import { OriginStore } from './origin-store';
import { evaluatePreconditions, rangeApplies } from './preconditions';
import { PublishedGenerations, type Publicity } from './published-generations';

/** A viewer may pause for so long in the middle of a file; what holds a connection for longer is no viewer. */
const LONGEST_PAUSE_MS = 30 * MINUTE_MS;
const CONDITIONS = ['range', 'if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since'];

/**
 * A run that fails may make other bytes of the same name when it is tried again, so that caches ask each time (RFC 9111 5.2.2.4), and get no
 * body again for bytes that they have.
 */
const EARLY_CACHING = 'public, no-cache';

interface Address {
  id: string;
  path: string[] | string;
  token: string | null;
}

type SignedAddress = Address & { token: string };

interface Exchange {
  request: Request;
  response: Response;
  /** Aborts when the client has left. */
  signal: AbortSignal;
}

/** The origin for players and CDNs: published objects as they are, never held in memory. */
@ApiTags('stream')
@PublicWithoutLimit()
@Controller(['stream', `${API_PREFIX}/stream`])
export class StreamController {
  constructor(
    private readonly origin: OriginStore,
    private readonly objects: ObjectStore,
    private readonly published: PublishedGenerations,
    private readonly tokens: PlaybackTokens,
  ) {}

  @Inject() private readonly held!: HeldSegments;

  // Before the other route, which matches it, too.
  @Get(`${TOKEN_FOLDER}/:token/:id/*path`)
  @Refuses({
    403: 'The token does not open this file, or no longer',
    410: 'The video played while it was encoded, and the run has failed',
    412: 'The file is another one (RFC 9110 13.1)',
    416: 'The range is beyond the file',
  })
  @ApiOperation({ operationId: 'getSignedMedia', summary: 'The same of a signed video, with a token of POST /videos/{id}/playback-token' })
  @ApiParam({ name: 'token' })
  @ApiParam({ name: 'id' })
  @ApiParam({ name: 'path', description: 'Name below the video, such as manifest.m3u8' })
  @ApiProduces('application/vnd.apple.mpegurl', 'application/dash+xml', 'video/iso.segment', 'video/mp4', 'image/jpeg', 'text/vtt')
  serveSigned(@Param() { token, id, path }: SignedAddress, @Req() request: Request, @Res() response: Response): Promise<void> {
    return this.deliver({ id, path, token }, { request, response });
  }

  @Get(':id/*path')
  @Refuses({
    403: 'The video is signed, and plays with a token only',
    410: 'The video played while it was encoded, and the run has failed',
    412: 'The file is another one (RFC 9110 13.1)',
    416: 'The range is beyond the file',
  })
  @ApiOperation({ operationId: 'getMedia', summary: 'Playlists, segments and pictures of a public video (GET and HEAD)' })
  @ApiParam({ name: 'path', description: 'Name below the video, such as manifest.m3u8' })
  @ApiProduces('application/vnd.apple.mpegurl', 'application/dash+xml', 'video/iso.segment', 'video/mp4', 'image/jpeg', 'text/vtt')
  serve(
    @Param('id') id: string,
    @Param('path') path: string[] | string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    return this.deliver({ id, path, token: null }, { request, response });
  }

  private async deliver({ id, path, token }: Address, { request, response }: Omit<Exchange, 'signal'>): Promise<void> {
    const left = new AbortController();
    response.once('close', () => left.abort());
    const name = Array.isArray(path) ? path.join('/') : path;
    const object = streamObject(id, name);
    const type = mediaType(name);
    if (object === null || type === null) throw notFound();
    const grant = await this.tokens.open(object.videoId, token);
    if (grant && !isOpenedBy(grant, name)) throw notGranted();
    try {
      const publicity = await this.publicityOf(object);
      if (publicity === 'private') throw notFound();
      if (object.publishedName !== undefined && publicity === 'published') {
        return toPublished(response, object.publishedName, type);
      }
      left.signal.throwIfAborted();
      const shown = publicity === 'early' && object.generation !== null ? { ...type, cacheControl: EARLY_CACHING } : type;
      const exchange = { request, response, signal: left.signal };
      await this.answer(exchange, { object, publicity }, grant ? privately(shown, grant) : shown);
    } catch (error) {
      // A client that leaves, before the first byte or after, is no error; a store that breaks off is one.
      if (!left.signal.aborted || error instanceof Failure) throw error;
    }
  }

  private async answer(
    { request, response, signal }: Exchange,
    { object, publicity }: { object: StreamObject; publicity: Publicity },
    type: MediaType,
  ): Promise<void> {
    const { key } = object;
    let { opened, head } = await this.look(request, { key, signal });
    if (!head && publicity === 'early') {
      await this.held.untilStored(object, signal);
      ({ opened, head } = await this.look(request, { key, signal }));
    }
    // Published since it was asked for.
    if (!head && object.publishedName !== undefined) return toPublished(response, object.publishedName, type);
    if (!head) throw notFound();
    if (object.generation === null) this.published.manifestServed(object.videoId);
    const verdict = evaluatePreconditions(request.headers, head);
    if (verdict === 'failed') throw new Problem(412, 'PreconditionFailed', 'The file is another than the request names.');
    response.set({ ETag: head.etag, 'Last-Modified': head.lastModified.toUTCString(), 'Cache-Control': type.cacheControl });
    if (verdict === 'not-modified') {
      response.status(304).end();
      return;
    }
    const range = rangeOf(request, head);
    response.set({ 'Content-Type': type.contentType, 'Accept-Ranges': 'bytes' });
    announce(response, head, range);
    if (request.method === 'HEAD' || head.sizeBytes === 0) {
      response.end();
      return;
    }
    const { first, last } = range ?? { first: 0, last: head.sizeBytes - 1 };
    const read = { bucket: 'transcoded' as const, key, etag: head.etag, first, last, body: opened?.body, signal };
    response.setTimeout(LONGEST_PAUSE_MS, () => response.destroy());
    await pipeline(Readable.from(readSteadily(this.origin.store, read), { objectMode: false }), response);
  }

  /** Without conditions one call is enough; with them the store is asked for bytes only when some are to be sent. */
  private async look(request: Request, { key, signal }: { key: string; signal: AbortSignal }) {
    const opened = isPlain(request) ? await openObject(this.origin.store, { bucket: 'transcoded', key, signal }) : null;
    return { opened, head: opened ?? (isPlain(request) ? null : await this.objects.head('transcoded', key)) };
  }

  private publicityOf({ videoId, generation, publishedName, ...part }: StreamObject): Publicity | Promise<Publicity> {
    if (publishedName !== undefined) return this.published.publicityOfTitle(videoId);
    return generation === null ? 'published' : this.published.publicityOf(videoId, { generation, ...part });
  }
}

/** Ranges are defined for GET only (RFC 9110 14.2). */
function rangeOf(request: Request, head: ObjectHead): ByteRange | null {
  if (request.method !== 'GET' || !rangeApplies(request.get('if-range'), head)) return null;
  const range = resolveRange(request.get('range'), head.sizeBytes);
  if (range !== 'unsatisfiable') return range;
  throw new Problem(416, 'RangeNotSatisfiable', `The file has ${head.sizeBytes} bytes.`, {
    headers: { 'Content-Range': `bytes */${head.sizeBytes}` },
  });
}

function announce(response: Response, { sizeBytes }: ObjectHead, range: ByteRange | null): void {
  if (range === null) {
    response.status(200).set('Content-Length', String(sizeBytes));
    return;
  }
  response.status(206).set({
    'Content-Length': String(range.last - range.first + 1),
    'Content-Range': `bytes ${range.first}-${range.last}/${sizeBytes}`,
  });
}

function isPlain(request: Request): boolean {
  return request.method === 'GET' && CONDITIONS.every((name) => request.headers[name] === undefined);
}

/** For the cache of the viewer alone, and no longer than the token: another viewer has another address (RFC 9111 5.2.2.7). */
function privately({ contentType, cacheControl }: MediaType, { expiresAt }: PlaybackGrant): MediaType {
  const leftSeconds = Math.max(0, expiresAt - Math.floor(Date.now() / 1000));
  const maxAge = Number(/max-age=(\d+)/.exec(cacheControl)?.[1] ?? 0);
  return { contentType, cacheControl: `private, max-age=${Math.min(maxAge, leftSeconds)}` };
}

function toPublished(response: Response, name: string, { cacheControl }: MediaType): void {
  response.set('Cache-Control', cacheControl).redirect(`../${name}`);
}

function notGranted(): Problem {
  return new Problem(403, 'PlaybackTokenNarrow', 'This playback token opens another part of the video; ask for one that opens this file.');
}

function notFound(): Problem {
  return new Problem(404, 'MediaNotFound', 'There is no such file for this video.');
}
