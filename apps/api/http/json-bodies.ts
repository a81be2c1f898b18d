import type { NextFunction, Request, Response } from 'express';
import { Problem } from '../problems/problem';

/** Refuses a body of another type than JSON: forms of any site can send those (WHATWG HTML 4.10.21.3). */
export function refuseOtherBodies(request: Request, _response: Response, next: NextFunction): void {
  if (hasBody(request) && !request.is('application/json')) {
    throw new Problem(415, 'UnsupportedMediaType', 'Send the body as application/json.', { headers: { Accept: 'application/json' } });
  }
  next();
}

/** RFC 9112 6: a body is announced by either field. An empty one is none. */
function hasBody(request: Request): boolean {
  const length = request.get('content-length');
  return request.get('transfer-encoding') !== undefined || (length !== undefined && Number(length) !== 0);
}
