import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { PICTURE_TYPES } from '../../../infra/rasters/raster-source';
import { MIB } from '../../../temporal/contract/units';

export const MOST_PICTURE_BYTES = 2 * MIB;
const TEXT_MAX_CHARS = 100;
const KEY_MAX_CHARS = 1024;

const text = z
  .string()
  .trim()
  .min(1)
  .refine((value) => Array.from(value).length <= TEXT_MAX_CHARS, { error: `has more than ${TEXT_MAX_CHARS} characters` })
  .refine((value) => !/[\p{C}\p{Zl}\p{Zp}]/u.test(value), { error: 'has control characters, or others that cannot be seen' })
  .transform((value) => value.normalize('NFC'));

/** RFC 4648 4 */
const base64 = z.string().regex(/^[A-Za-z0-9+/]+={0,2}$/, { error: 'is not base64' });

const byPicture = z.strictObject({ content_type: z.enum(PICTURE_TYPES), image_base64: base64 });
const byKey = z.strictObject({
  s3_key: z.string().min(1).max(KEY_MAX_CHARS).describe('A picture in the folder WATERMARK_KEY_PREFIX of the bucket of originals'),
});
const byText = z.strictObject({ text: text.describe('One line in white with a dark edge') });

/** A watermark in JSON: a picture in base64, a picture in the store, or a text. */
export const createWatermark = z.union([byPicture, byKey, byText]);

export type CreateWatermark = z.infer<typeof createWatermark>;

/** The one of the three that a body is meant to be: a union as a whole does not say which field is wrong. */
export function schemaFor(body: unknown): z.ZodType<CreateWatermark> {
  const has = (field: string) => typeof body === 'object' && body !== null && field in body;
  return has('text') ? byText : has('s3_key') ? byKey : byPicture;
}

const watermark = z
  .object({
    watermark_id: z.string(),
    creator_id: z.string(),
    text: z.string().nullable().describe('Null for a picture'),
    width: z.int().describe('Of the stored PNG, which is drawn'),
    height: z.int(),
    size_bytes: z.int(),
    sha256: z.string(),
    created_at: z.string(),
  })
  .meta({ id: 'Watermark' });

const watermarkList = z.object({ watermarks: z.array(watermark) }).meta({ id: 'Watermarks' });

export class WatermarkDto extends createZodDto(watermark) {}
export class WatermarksDto extends createZodDto(watermarkList) {}
