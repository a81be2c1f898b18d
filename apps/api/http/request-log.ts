import { Logger } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { ulid } from 'ulid';
import type { RequestWithCaller } from '../auth/caller.decorator';
import { videoIdOf } from '../videos/video-id';
import { routeOf } from './route-of';

/** Ids that callers send are taken where they cannot be mistaken for anything else in a log. */
const SANE_ID = /^[\w.-]{1,64}$/;
/** Players, probes and scrapers ask all the time; what they were refused is worth a line. */
const QUIET_ROUTE = /\/(stream|health|metrics|assets)(\/|$)/;

/** What the log says of a request that was refused. */
export interface Refusal {
  code: string;
  error_id: string;
}

/** The id of a request: that of its `X-Request-Id`, else one that is made for it. */
export function requestIdOf(response: Response): string {
  return String(response.getHeader('X-Request-Id') ?? '');
}

/** Keeps for the line of a request why it was refused. */
export function noteRefusal(response: Response, refusal: Refusal): void {
  response.locals['refusal'] = refusal;
}

/** Answers `X-Request-Id` and writes one line for each request when it has ended. No query and no header is in it. */
export function requestLog(logger = new Logger('http')) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const startedMs = performance.now();
    const sent = request.get('x-request-id') ?? '';
    response.set('X-Request-Id', SANE_ID.test(sent) ? sent : ulid());
    response.once('close', () => {
      const isQuiet = response.statusCode < 400 && QUIET_ROUTE.test(request.path);
      logger[isQuiet ? 'debug' : response.statusCode < 500 ? 'log' : 'warn'](lineOf(request, response, performance.now() - startedMs));
    });
    next();
  };
}

function lineOf(request: Request, response: Response, durationMs: number) {
  const route = routeOf(request);
  const { id } = request.params ?? {};
  const videoId = route.includes('videos/:id') || route.includes('stream/:id') ? videoIdOf(String(id)) : null;
  const { caller } = request as Partial<RequestWithCaller>;
  return {
    message: `${request.method} ${response.statusCode}`,
    ...{ request_id: requestIdOf(response), method: request.method, route, status: response.statusCode },
    duration_ms: Math.round(durationMs * 10) / 10,
    ...(videoId === null ? {} : { video_id: videoId }),
    ...(caller ? { creator_id: caller.creatorId } : {}),
    ...(response.writableFinished ? {} : { broke_off: true }),
    ...(response.locals['refusal'] as Refusal | undefined),
  };
}
