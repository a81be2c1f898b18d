const IMMUTABLE = 'public, max-age=31536000, immutable';
const PLAYLIST = 'public, max-age=30';
const PICTURE = 'public, max-age=86400';

export interface MediaType {
  contentType: string;
  cacheControl: string;
}

const BY_EXTENSION: Record<string, MediaType> = {
  // RFC 8216 4
  m3u8: { contentType: 'application/vnd.apple.mpegurl', cacheControl: PLAYLIST },
  // ISO/IEC 23009-1 Annex C
  mpd: { contentType: 'application/dash+xml', cacheControl: PLAYLIST },
  m4s: { contentType: 'video/iso.segment', cacheControl: IMMUTABLE },
  mp4: { contentType: 'video/mp4', cacheControl: IMMUTABLE },
  vtt: { contentType: 'text/vtt; charset=utf-8', cacheControl: PICTURE },
  jpg: { contentType: 'image/jpeg', cacheControl: PICTURE },
};

/** How a published object is served, or null for one that is not for players. */
export function mediaType(path: string): MediaType | null {
  return BY_EXTENSION[/\.([a-z0-9]+)$/.exec(path)?.[1] ?? ''] ?? null;
}
