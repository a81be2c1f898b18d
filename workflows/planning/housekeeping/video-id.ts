/** Crockford's base 32, 26 characters (ULID specification). */
const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

/** Whether a folder can be that of a video; other folders in a bucket are not sprocket's. */
export function isVideoId(name: string): boolean {
  return ULID.test(name);
}

/** The first folder of a key. */
export function folderOf(key: string): string {
  return key.slice(0, Math.max(0, key.indexOf('/')));
}
