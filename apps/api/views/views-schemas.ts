import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

/** A minute of a very popular video; a larger number is a mistake, and would have families encoded that few watch. */
const MOST_VIEWS_PER_CALL = 100_000;

const addViews = z
  .strictObject({ count: z.int().min(1).max(MOST_VIEWS_PER_CALL).describe('Views since the last call') })
  .meta({ id: 'AddViews', 'x-example': { count: 1 } });

const viewsAdded = z
  .object({
    video_id: z.string(),
    views_total: z.int(),
    views_last_hour: z.int().describe('In this minute and the 59 before it'),
  })
  .meta({ id: 'ViewsAdded' });

export class AddViewsDto extends createZodDto(addViews) {}
export class ViewsAddedDto extends createZodDto(viewsAdded) {}
