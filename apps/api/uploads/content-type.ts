/** Containers that browsers and tools announce under a name outside `video/`. */
const OTHER_TYPES = new Set([
  'application/octet-stream',
  'application/mp4',
  'application/mxf',
  'application/ogg',
  'application/x-matroska',
  'application/vnd.rn-realmedia',
]);

/** True for media types (RFC 9110 8.3.1) under which a video may come; playlists that name other files do not. */
export function isVideoContentType(contentType: string): boolean {
  const type = (contentType.split(';')[0] ?? '').trim().toLowerCase();
  return /^video\/[a-z0-9][a-z0-9.+-]*$/.test(type) || OTHER_TYPES.has(type);
}
