import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a token opens. */
export interface PlaybackGrant {
  videoId: string;
  /** Seconds since the epoch. */
  expiresAt: number;
  /** The folder or file below the video that it opens; empty: all of them. */
  pathPrefix: string;
}

type TokenVerdict = { grant: PlaybackGrant } | { refused: 'invalid' | 'expired' };

const FORMAT = /^([0-9a-z]{1,9})\.([A-Za-z0-9_-]{0,400})\.([A-Za-z0-9_-]{43})$/;
const MAC_BYTES = 32;

/**
 * A token of characters that need no escape in a path (RFC 3986 2.3): the end in base 36, the path prefix in base64url, and the
 * HMAC-SHA256 of both and the id of the video (RFC 2104), so that it opens no other video.
 */
export function signPlayback(grant: PlaybackGrant, secret: string): string {
  const end = grant.expiresAt.toString(36);
  const prefix = Buffer.from(grant.pathPrefix).toString('base64url');
  return `${end}.${prefix}.${macOf({ videoId: grant.videoId, end, prefix }, secret).toString('base64url')}`;
}

/** What a token says of this video, if one of the secrets made it. `now` is seconds since the epoch. */
export function readPlayback(token: string, videoId: string, { secrets, now }: { secrets: readonly string[]; now: number }): TokenVerdict {
  const [, end, prefix, mac] = FORMAT.exec(token) ?? [];
  if (end === undefined || prefix === undefined || mac === undefined) return { refused: 'invalid' };
  const presented = Buffer.from(mac, 'base64url');
  const isOurs = secrets.some((secret) => isSame(presented, macOf({ videoId, end, prefix }, secret)));
  if (!isOurs) return { refused: 'invalid' };
  const expiresAt = parseInt(end, 36);
  if (expiresAt <= now) return { refused: 'expired' };
  return { grant: { videoId, expiresAt, pathPrefix: Buffer.from(prefix, 'base64url').toString('utf8') } };
}

/** Whether the grant opens a name below its video: that of its prefix, or one in that folder. */
export function isOpenedBy({ pathPrefix }: Pick<PlaybackGrant, 'pathPrefix'>, name: string): boolean {
  if (pathPrefix === '') return true;
  return name === pathPrefix || name.startsWith(pathPrefix.endsWith('/') ? pathPrefix : `${pathPrefix}/`);
}

function macOf({ videoId, end, prefix }: { videoId: string; end: string; prefix: string }, secret: string): Buffer {
  return createHmac('sha256', secret).update(`playback/${videoId}/${end}/${prefix}`).digest();
}

function isSame(presented: Buffer, made: Buffer): boolean {
  return presented.length === MAC_BYTES && timingSafeEqual(presented, made);
}
