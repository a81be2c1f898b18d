import type { PutOptions } from '../../infra/object-store/object-store';

/** Stable names are replaced when a new generation is published, so caches hold them for a short time only. */
const REPLACEABLE = 'public, max-age=30';

/** How manifests are stored (RFC 8216 10, ISO/IEC 23009-1 annex C). */
export const MANIFEST_OPTIONS = {
  hls: { contentType: 'application/vnd.apple.mpegurl', cacheControl: REPLACEABLE },
  dash: { contentType: 'application/dash+xml', cacheControl: REPLACEABLE },
} as const satisfies Record<string, PutOptions>;
