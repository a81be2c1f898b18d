import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../temporal/contract/units';

const LONGEST_SECONDS = (30 * DAY_MS) / 1000;
const SHORTEST_SECONDS = MINUTE_MS / 1000;
/** Names below a video, without empty ones, `.` and `..`. */
const PATH_PREFIX = /^[A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9][A-Za-z0-9._-]*)*\/?$/;

const createPlaybackToken = z
  .preprocess(
    (body) => body ?? {},
    z.strictObject({
      expires_in: z
        .int()
        .min(SHORTEST_SECONDS)
        .max(LONGEST_SECONDS)
        .default(HOUR_MS / 1000)
        .describe('Seconds; longer than the video, since players ask for segments until its end'),
      path_prefix: z
        .string()
        .max(200)
        .regex(PATH_PREFIX, { error: 'is a folder or a file below the video, such as g1/thumbnails/' })
        .optional()
        .describe('Opens this folder or file alone; everything of the video when left out'),
    }),
  )
  .meta({ id: 'CreatePlaybackToken', 'x-example': { expires_in: 14_400 } });

const url = z.string().nullable();

const playbackToken = z
  .object({
    video_id: z.string(),
    token: z.string(),
    expires_at: z.iso.datetime(),
    hls_url: url.describe('null: path_prefix leaves it out'),
    dash_url: url,
    hls_ts_url: url,
    thumbnail_url: url,
    watch_url: z.string(),
  })
  .meta({ id: 'PlaybackToken' });

export type PlaybackTokenView = z.infer<typeof playbackToken>;

export class CreatePlaybackTokenDto extends createZodDto(createPlaybackToken) {}
export class PlaybackTokenDto extends createZodDto(playbackToken) {}
