import type { Request } from 'express';

/** The pattern of the route that took a request, such as `/api/v1/videos/:id`; `none` where none did. */
export function routeOf(request: Request): string {
  const path = (request.route as { path?: unknown } | undefined)?.path;
  return typeof path === 'string' ? path : 'none';
}
