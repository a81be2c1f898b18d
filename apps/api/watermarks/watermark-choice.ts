import { z } from 'zod';
import { fitsPicture, WATERMARK_POSITIONS, type WatermarkChoice } from '../../../temporal/contract/media/watermark';

const position = z.enum(WATERMARK_POSITIONS);

/** How an upload or a preset asks for a watermark. */
export const watermarkChoice = z
  .strictObject({
    id: z
      .string()
      .regex(/^[0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25}$/, { error: 'is no id of a watermark' })
      .toUpperCase()
      .describe('Of POST /watermarks'),
    position: position.default('bottom-right'),
    margin_percent: z.number().min(0).max(49).default(3).describe('Distance from the edges, of the shorter side of the picture'),
    size_percent: z.number().min(1).max(100).default(12).describe('It is as large as fits into this share of width and height'),
    opacity: z.number().min(0.05).max(1).default(1).describe('1: as it is'),
  })
  .refine(({ size_percent: sizePercent, margin_percent: marginPercent }) => fitsPicture({ sizePercent, marginPercent }), {
    error: 'is larger than the picture: size_percent and margin_percent come to more than 100',
    path: ['size_percent'],
  });

/** The same in an answer. */
export const watermarkView = z.object({
  id: z.string(),
  position,
  margin_percent: z.number(),
  size_percent: z.number(),
  opacity: z.number(),
});

export function watermarkOf(choice: z.infer<typeof watermarkChoice>): WatermarkChoice {
  const { id: watermarkId, position: place, margin_percent: marginPercent, size_percent: sizePercent, opacity } = choice;
  return { watermarkId, position: place, marginPercent, sizePercent, opacity };
}

export function viewOfWatermark({ watermarkId, position: place, marginPercent, sizePercent, opacity }: WatermarkChoice) {
  return { id: watermarkId, position: place, margin_percent: marginPercent, size_percent: sizePercent, opacity };
}
