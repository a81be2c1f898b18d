import { isUtf8 } from 'node:buffer';
import type { NextFunction, Request, Response } from 'express';
import { PICTURE_TYPES, POSTER_TYPES } from '../../../infra/rasters/raster-source';
import { API_PREFIX } from '../api-prefix';
import { Problem } from '../problems/problem';
import { FORM_TYPE } from '../subtitles/subtitle-request';

const SUBTITLES_PATH = new RegExp(`^/${API_PREFIX}/videos/[^/]+/subtitles$`);

/**
 * Refuses a body of another type than JSON: forms of any site can send those (WHATWG HTML 4.10.21.3). Watermarks and posters come as pictures, too, which
 * no form sends, and subtitles as forms: those of other sites are refused by their `Origin`.
 */
export function refuseOtherBodies(request: Request, _response: Response, next: NextFunction): void {
  const types = [
    'application/json',
    ...(isAboutWatermarks(request) ? PICTURE_TYPES : []),
    ...(isAboutPosters(request) ? POSTER_TYPES : []),
    ...(isAboutSubtitles(request) ? [FORM_TYPE] : []),
  ];
  if (hasBody(request) && !request.is(types)) {
    throw new Problem(415, 'UnsupportedMediaType', `Send the body as ${types.join(', ')}.`, { headers: { Accept: types.join(', ') } });
  }
  next();
}

/** Whether a request may carry a picture, as it is or in JSON. */
export function isAboutWatermarks({ path }: Pick<Request, 'path'>): boolean {
  return path === `/${API_PREFIX}/watermarks`;
}

const POSTER_PATH = new RegExp(`^/${API_PREFIX}/videos/[^/]+/poster$`);

/** Whether a request may carry a poster. */
export function isAboutPosters({ path }: Pick<Request, 'path'>): boolean {
  return POSTER_PATH.test(path);
}

/** Whether a request may carry a file of subtitles, in a form or in JSON. */
export function isAboutSubtitles({ path }: Pick<Request, 'path'>): boolean {
  return SUBTITLES_PATH.test(path);
}

/** Whether a request may carry many requests to pull a video. */
export function isAboutBatches({ path }: Pick<Request, 'path'>): boolean {
  return path === `/${API_PREFIX}/videos/ingest/batch`;
}

/** Refuses JSON with bytes that are no UTF-8 (RFC 8259 8.1): they would be stored as replacement characters. For the body parser. */
export function refuseBrokenText(_request: unknown, _response: unknown, body: Buffer, encoding: string): void {
  if (encoding !== 'utf-8' || isUtf8(body)) return;
  throw new Problem(400, 'MalformedRequest', 'The body is not valid UTF-8.');
}

/** RFC 9112 6: a body is announced by either field. An empty one is none. */
function hasBody(request: Request): boolean {
  const length = request.get('content-length');
  return request.get('transfer-encoding') !== undefined || (length !== undefined && Number(length) !== 0);
}
