import { z } from 'zod';
import { Secret } from '../../settings/secret';
import { listed } from '../../settings/setting-types';

/** A key of HMAC-SHA256 is as long as its output at least (RFC 2104 3). */
const SECRET_MIN_CHARS = 32;

/** Variables of signed playback. */
export const playbackSettings = {
  PLAYBACK_SECRETS: z
    .string()
    .transform((text) => listed(text))
    .pipe(z.array(z.string().min(SECRET_MIN_CHARS, `must be secrets of ${SECRET_MIN_CHARS} characters or more with commas between`)))
    .transform((secrets) => secrets.map((text) => new Secret(text)))
    .prefault('')
    .meta({
      description:
        'Secrets that sign playback tokens, with commas between: the first one signs, all of them are taken. Empty: no video can be signed. See docs/access.md.',
    }),
};
