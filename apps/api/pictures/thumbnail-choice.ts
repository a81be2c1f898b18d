import { z } from 'zod';
import { LONGEST_INTERVAL_SECONDS, SHORTEST_INTERVAL_SECONDS, type ThumbnailRequest } from '../../../temporal/contract/media/pictures';

const RANGE = `is a number of seconds from ${SHORTEST_INTERVAL_SECONDS} to ${LONGEST_INTERVAL_SECONDS}`;

/** How an upload, a preset or a later call asks for thumbnails. */
export const thumbnailChoice = z.strictObject({
  interval_seconds: z
    .number({ error: RANGE })
    .min(SHORTEST_INTERVAL_SECONDS, { error: RANGE })
    .max(LONGEST_INTERVAL_SECONDS, { error: RANGE })
    .describe('From one thumbnail to the next; longer in a title that would have more than 1200'),
});

/** The same in an answer. */
export const thumbnailView = z.object({ interval_seconds: z.number() });

export function thumbnailsOf({ interval_seconds: seconds }: z.infer<typeof thumbnailChoice>): ThumbnailRequest {
  return { intervalMs: Math.round(seconds * 1000) };
}

export function viewOfThumbnails({ intervalMs }: ThumbnailRequest): z.infer<typeof thumbnailView> {
  return { interval_seconds: intervalMs / 1000 };
}
