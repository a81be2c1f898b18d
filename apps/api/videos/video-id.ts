import { z } from 'zod';

/** Crockford's base 32 with the first character at most 7 (ULID specification): ASCII only, whatever case it came in. */
const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

/** The id of a video as it is stored, or null when a text cannot be one. */
export function videoIdOf(text: string): string | null {
  // Other letters, such as the long s, become ASCII in upper case.
  if (!/^[0-9A-Za-z]{26}$/.test(text)) return null;
  const id = text.toUpperCase();
  return ULID.test(id) ? id : null;
}

/** An id of a video in a request; lower case is accepted. */
export const videoIdSchema = z
  .string()
  .regex(/^[0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25}$/, { error: 'is no id of a video' })
  .toUpperCase();

/** A creator as keys name them. */
export const creatorIdSchema = z.string().regex(/^[A-Za-z0-9_.@-]{1,64}$/, { error: 'has 1 to 64 letters, digits, dots, @, _ or -' });
