import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import type { Watermark } from '../../temporal/contract/media/watermark';
import type { DrawnMark } from '../../workflows/planning/encode/watermark/draw-watermark';

/** A white disc without a background, of 400 by 400 pixels: round, so that most of its edge is transparent in part. */
const DISC = '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400"><circle cx="200" cy="200" r="190" fill="white"/></svg>';

/** Draws the raster of a watermark into a file; `svg` replaces the white disc. */
export async function makeMark(path: string, change: Partial<Watermark> = {}, svg = DISC): Promise<DrawnMark> {
  const { width, height } = await sharp(Buffer.from(svg)).png().toFile(path);
  const sha256 = createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
  return {
    path,
    watermark: {
      ...{ watermarkId: 'test', key: `watermarks/${sha256}.png`, sha256, width, height },
      ...{ position: 'bottom-right', marginPercent: 4, sizePercent: 20, opacity: 1 },
      ...change,
    },
  };
}
