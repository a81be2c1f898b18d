import type { NextFunction, Request, RequestHandler, Response } from 'express';
import helmet from 'helmet';

/** The answers are data: whatever a browser makes of one, it loads, runs and frames nothing. */
const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'";
/** The page of the API's description has a style sheet in its text and pictures in its style sheet. */
const DOCS_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
/** What players of other sites may read of an answer beside its body. */
const EXPOSED_HEADERS = 'ETag, Content-Length, Content-Range, Accept-Ranges, Last-Modified, Retry-After';
const PREFLIGHT_MAX_AGE_SECONDS = 3600;

/** For every answer; routes that serve pages say more. Browsers are told to come back by TLS only where clients come by it (RFC 6797 7.2). */
export function setResponseHeaders(publicUrl: string): RequestHandler {
  const protect = helmet({ contentSecurityPolicy: false, ...(publicUrl.startsWith('https:') ? {} : { strictTransportSecurity: false }) });
  return (request, response, next) => {
    response.set('Content-Security-Policy', /^\/docs(\/|$)/.test(request.path) ? DOCS_POLICY : DATA_POLICY);
    protect(request, response, next);
  };
}

/** Lets players of every site read published media: it is public, and asks for no credentials (WHATWG Fetch 3.2). */
export function shareWithEverySite(request: Request, response: Response, next: NextFunction): void {
  response.set({
    ...{ 'Access-Control-Allow-Origin': '*', 'Access-Control-Expose-Headers': EXPOSED_HEADERS },
    // Pictures and media elements of other sites load them without CORS, too.
    'Cross-Origin-Resource-Policy': 'cross-origin',
  });
  if (request.method !== 'OPTIONS') {
    next();
    return;
  }
  response.set({
    Allow: 'GET, HEAD, OPTIONS',
    'Access-Control-Allow-Methods': 'GET, HEAD',
    'Access-Control-Allow-Headers': 'Range, If-Range, If-None-Match, If-Modified-Since, If-Match, If-Unmodified-Since, Cache-Control',
    'Access-Control-Max-Age': String(PREFLIGHT_MAX_AGE_SECONDS),
  });
  response.status(204).end();
}
