import type { Request } from 'express';

/** A path for the log: without the query, which may hold what callers keep to themselves, and without the token of signed playback. */
export function loggedPath({ path }: Pick<Request, 'path'>): string {
  return path.replace(/\/stream\/t\/[^/]+/, '/stream/t/<token>');
}
