import { pipeline } from 'node:stream/promises';
import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ObjectStore } from '../../../infra/object-store/object-store';
import type { ReadResult } from '../../../infra/object-store/origin-reader';
import { API_PREFIX } from '../api-prefix';
import { Public } from '../auth/public.decorator';
import { Problem } from '../problems/problem';
import { mediaType } from './media-type';
import { publishedKey, singleRange } from './object-path';

type Body = Extract<ReadResult, { kind: 'body' }>;

/** The origin for players and CDNs: published objects as they are, never held in memory. */
@ApiTags('stream')
@Public()
@Controller(['stream', `${API_PREFIX}/stream`])
export class StreamController {
  constructor(private readonly store: ObjectStore) {}

  @Get(':id/*path')
  @ApiOperation({ summary: 'Playlists, segments and pictures of a video (GET and HEAD)' })
  async serve(
    @Param('id') id: string,
    @Param('path') path: string[] | string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const name = Array.isArray(path) ? path.join('/') : path;
    const key = publishedKey(id, name);
    const type = mediaType(name);
    if (key === null || type === null) throw notFound();
    response.set({ 'Content-Type': type.contentType, 'Accept-Ranges': 'bytes', 'X-Content-Type-Options': 'nosniff' });
    if (request.method === 'HEAD') return this.head(key, response, type.cacheControl);

    const left = new AbortController();
    response.once('close', () => left.abort());
    const range = await this.rangeOf(request, key);
    const read = { range, ifNoneMatch: request.get('if-none-match'), signal: left.signal };
    const result = await this.store.readConditionally('transcoded', key, read);
    if (result.kind === 'absent') throw notFound();
    if (result.kind === 'unsatisfiable') throw await this.unsatisfiable(key);
    response.set('Cache-Control', type.cacheControl);
    if (result.kind === 'not-modified') {
      response.status(304).set('ETag', request.get('if-none-match')).end();
      return;
    }
    await sendBody(response, result);
  }

  private async head(key: string, response: Response, cacheControl: string): Promise<void> {
    const head = await this.store.head('transcoded', key);
    if (!head) throw notFound();
    response.set({
      'Cache-Control': cacheControl,
      'Content-Length': String(head.sizeBytes),
      ETag: head.etag,
      'Last-Modified': head.lastModified.toUTCString(),
    });
    response.end();
  }

  /** A range of an object that has changed since is of no use (RFC 9110 13.1.5). */
  private async rangeOf(request: Request, key: string): Promise<string | undefined> {
    const range = singleRange(request.get('range'));
    const ifRange = request.get('if-range');
    if (range === undefined || ifRange === undefined) return range;
    return (await this.store.head('transcoded', key))?.etag === ifRange ? range : undefined;
  }

  private async unsatisfiable(key: string): Promise<Problem> {
    const sizeBytes = (await this.store.head('transcoded', key))?.sizeBytes ?? 0;
    const headers = { 'Content-Range': `bytes */${sizeBytes}` };
    return new Problem(416, 'RangeNotSatisfiable', `The file has ${sizeBytes} bytes.`, { headers });
  }
}

async function sendBody(response: Response, read: Body): Promise<void> {
  response.status(read.contentRange === null ? 200 : 206).set({ 'Content-Length': String(read.sizeBytes), ETag: read.etag });
  if (read.contentRange !== null) response.set('Content-Range', read.contentRange);
  if (read.lastModified !== null) response.set('Last-Modified', read.lastModified.toUTCString());
  try {
    await pipeline(read.body, response);
  } catch (error) {
    // A player that leaves in the middle is no error.
    if (!response.destroyed) throw error;
  }
}

function notFound(): Problem {
  return new Problem(404, 'MediaNotFound', 'There is no such file for this video.');
}
