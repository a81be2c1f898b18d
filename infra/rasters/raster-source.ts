import { z } from 'zod';
import { RASTER_LONGEST_SIDE } from '../../temporal/contract/media/watermark';

export const PICTURE_TYPES = ['image/png', 'image/jpeg', 'image/svg+xml'] as const;

export type PictureType = (typeof PICTURE_TYPES)[number];

export const POSTER_TYPES = ['image/png', 'image/jpeg'] as const;

const picture = z.object({ kind: z.literal('picture'), type: z.enum(PICTURE_TYPES), base64: z.string() });
const text = z.object({ kind: z.literal('text'), text: z.string() });
const poster = z.object({ kind: z.literal('poster'), type: z.enum(POSTER_TYPES), base64: z.string() });

/** What is drawn, on its way into the process that draws it: a watermark or a poster. */
export const rasterSource = z.discriminatedUnion('kind', [picture, text, poster]);

export type MarkSource = z.infer<typeof picture> | z.infer<typeof text>;
export type PosterSource = z.infer<typeof poster>;

const size = z.int().min(1).max(RASTER_LONGEST_SIDE);

/** What comes out of that process. */
export const rasterAnswer = z.union([
  z.object({ png: z.base64(), width: size, height: size }),
  z.object({ jpeg: z.base64(), width: size, height: size }),
  z.object({ refusal: z.string(), message: z.string() }),
]);

export type RasterAnswer = z.infer<typeof rasterAnswer>;

/** The format of a picture by its first bytes (PNG 5.2, JPEG B.1.1.3), or null; text that is no other format may be SVG. */
export function pictureTypeOf(bytes: Uint8Array): PictureType | null {
  const begins = (...start: number[]) => start.every((byte, index) => bytes[index] === byte);
  if (begins(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png';
  if (begins(0xff, 0xd8, 0xff)) return 'image/jpeg';
  const head = Buffer.from(bytes.subarray(0, 1024)).toString('latin1');
  return /^(\xef\xbb\xbf)?\s*</.test(head) ? 'image/svg+xml' : null;
}
