import sharp from 'sharp';
import { RASTER_LONGEST_SIDE } from '../../temporal/contract/media/watermark';
import { isAnimated, MOST_PIXELS, readOnly } from './draw-raster';
import { RasterRefused } from './raster-refused';
import type { PosterSource } from './raster-source';

/** Smaller pictures say nothing as a poster, in pixels. */
const SHORTEST_SIDE = 64;

/** Of a picture that is compressed once more later. */
const JPEG_QUALITY = 92;

export interface DrawnPoster {
  jpeg: Uint8Array;
  /** In pixels. */
  width: number;
  height: number;
}

/**
 * Draws an uploaded poster: an upright JPEG in sRGB, no larger than a raster gets, what is transparent on black. For a process of its own, as
 * `drawRaster`. Throws {@link RasterRefused}.
 */
export async function drawPoster({ type, base64 }: PosterSource): Promise<DrawnPoster> {
  const bytes = Buffer.from(base64, 'base64');
  readOnly(type);
  if (type === 'image/png' && isAnimated(bytes)) throw new RasterRefused('PosterAnimated', 'The PNG is animated; send one picture.');
  const { data, info } = await drawn(bytes);
  if (Math.min(info.width, info.height) < SHORTEST_SIDE) {
    throw new RasterRefused('PosterTooSmall', `The picture has less than ${SHORTEST_SIDE} pixels on a side; send a larger one.`);
  }
  return { jpeg: data, width: info.width, height: info.height };
}

async function drawn(bytes: Buffer) {
  try {
    return await sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'warning' })
      .autoOrient()
      .resize({ width: RASTER_LONGEST_SIDE, height: RASTER_LONGEST_SIDE, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#000' })
      .toColourspace('srgb')
      .jpeg({ quality: JPEG_QUALITY, chromaSubsampling: '4:4:4' })
      .toBuffer({ resolveWithObject: true });
  } catch (error) {
    const words = error instanceof Error ? error.message : '';
    if (/pixel limit/i.test(words)) {
      const sentence = `The picture has more than ${MOST_PIXELS / 1_000_000} million pixels; send a smaller one.`;
      throw new RasterRefused('PosterTooLarge', sentence);
    }
    throw new RasterRefused('PosterUnreadable', 'The picture is damaged or cut off; export it again as PNG or JPEG.');
  }
}
