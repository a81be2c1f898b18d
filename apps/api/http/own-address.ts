import { isIP } from 'node:net';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { ApiConfig } from '../api-settings';
import { API_PREFIX } from '../api-prefix';
import { Problem } from '../problems/problem';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);
const LOOPBACK_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Keeps pages of other sites from using this API with the reach of the browser that shows them: no write with their `Origin`
 * (RFC 6454 7), and where no keys are asked for, no call under a name that such a site made point to this machine (DNS rebinding).
 */
export function refuseForeignPages(config: Pick<ApiConfig, 'publicUrl' | 'access'>): RequestHandler {
  const own = new URL(config.publicUrl);
  return (request: Request, _response: Response, next: NextFunction) => {
    const origin = request.get('origin');
    if (origin !== undefined && !SAFE_METHODS.has(request.method) && !isOwnOrigin(origin, request.get('host'), own)) {
      throw new Problem(403, 'OriginForbidden', 'Pages of other sites may not change anything here; call from a server or from this site.');
    }
    if (config.access.isAnonymous && request.path.startsWith(`/${API_PREFIX}/`) && !isOwnHost(request.get('host'), own)) {
      throw new Problem(
        421,
        'HostUnknown',
        'This service asks for no API keys and is not known by this name; set API_PUBLIC_URL, or API_ANONYMOUS=off.',
      );
    }
    next();
  };
}

/** The public address, or the loopback address under the very name and port that were called. */
function isOwnOrigin(origin: string, host: string | undefined, own: URL): boolean {
  if (!URL.canParse(origin)) return false;
  const url = new URL(origin);
  return url.origin === own.origin || (LOOPBACK_NAMES.has(url.hostname) && url.host === host);
}

/** Public names have a dot; names without one belong to this machine or its network. */
function isOwnHost(host: string | undefined, own: URL): boolean {
  if (host === undefined || host === own.host) return true;
  if (!URL.canParse(`http://${host}`)) return false;
  const { hostname } = new URL(`http://${host}`);
  const isAddress = isIP(hostname.replace(/^\[|\]$/g, '')) !== 0;
  return isAddress || hostname === own.hostname || !hostname.includes('.') || hostname.endsWith('.localhost');
}
