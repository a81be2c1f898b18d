import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { MIB } from '../../../temporal/contract/units';
import { thumbnailChoice, thumbnailView } from './thumbnail-choice';

export const MOST_POSTER_BYTES = 10 * MIB;

/** A poster in JSON: the frame of a time. */
export const posterByTime = z.strictObject({
  at_seconds: z
    .number({ error: 'is a number of seconds from 0 to the end of the video' })
    .min(0, { error: 'is a number of seconds from 0 to the end of the video' })
    .describe('The frame that is shown then'),
});

const posterAccepted = z
  .object({ video_id: z.string(), poster: z.object({ at_seconds: z.number().nullable().describe('Null for an uploaded picture') }) })
  .meta({ id: 'PosterAccepted' });

const thumbnailsAccepted = z.object({ video_id: z.string(), thumbnails: thumbnailView }).meta({ id: 'ThumbnailsAccepted' });

export class PosterAcceptedDto extends createZodDto(posterAccepted) {}
export class RemakeThumbnailsDto extends createZodDto(
  thumbnailChoice.meta({ id: 'RemakeThumbnails', 'x-example': { interval_seconds: 10 } }),
) {}
export class ThumbnailsAcceptedDto extends createZodDto(thumbnailsAccepted) {}
