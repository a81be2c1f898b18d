import sharp from 'sharp';
import { RASTER_LONGEST_SIDE } from '../../temporal/contract/media/watermark';
import { checkSvg } from './check-svg';
import { RasterRefused } from './raster-refused';
import type { MarkSource, PictureType } from './raster-source';
import { svgOfText } from './svg-of-text';

export const MOST_PIXELS = 50_000_000;

/** Of an SVG that says nothing else, and the range of the library. */
const USUAL_DENSITY = 72;
const HIGHEST_DENSITY = 100_000;

const LOADERS: Record<PictureType, string> = {
  'image/png': 'VipsForeignLoadPngBuffer',
  'image/jpeg': 'VipsForeignLoadJpegBuffer',
  'image/svg+xml': 'VipsForeignLoadSvgBuffer',
};

export interface Raster {
  png: Uint8Array;
  /** In pixels. */
  width: number;
  height: number;
}

/**
 * Draws a raster: sRGB with alpha, eight bits, no larger than {@link RASTER_LONGEST_SIDE}. For a process of its own, since what users send
 * may be made to break the libraries that read it. Throws {@link RasterRefused}.
 */
export async function drawRaster(source: MarkSource): Promise<Raster> {
  const type = source.kind === 'picture' ? source.type : 'image/svg+xml';
  const bytes = source.kind === 'picture' ? Buffer.from(source.base64, 'base64') : Buffer.from(svgOfText(source.text));
  readOnly(type);
  if (source.kind === 'picture' && type === 'image/svg+xml') checkSvg(bytes);
  if (type === 'image/png' && isAnimated(bytes)) throw new RasterRefused('WatermarkAnimated', 'The PNG is animated; send one picture.');
  try {
    return await drawn(bytes, type);
  } catch (error) {
    throw error instanceof RasterRefused ? error : refusalOf(error);
  }
}

/** No format but this one is read from now on, however the bytes look. */
export function readOnly(type: PictureType): void {
  sharp.concurrency(1);
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: [LOADERS[type]] });
}

async function drawn(bytes: Buffer, type: PictureType): Promise<Raster> {
  const density = type === 'image/svg+xml' ? await densityOf(bytes) : undefined;
  const options = { limitInputPixels: MOST_PIXELS, failOn: 'warning', ...(density ? { density } : {}) } as const;
  const picture = sharp(bytes, options)
    .autoOrient()
    .resize({ width: RASTER_LONGEST_SIDE, height: RASTER_LONGEST_SIDE, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .ensureAlpha();
  const { data, info } = await picture.png({ compressionLevel: 9 }).toBuffer({ resolveWithObject: true });
  sharp.unblock({ operation: [LOADERS['image/png']] });
  const { channels } = await sharp(data).stats();
  if (channels.at(-1)?.max === 0)
    throw new RasterRefused('WatermarkEmpty', 'Nothing in the picture can be seen: all of it is transparent.');
  return { png: data, width: info.width, height: info.height };
}

/** An SVG is drawn at the size of the raster, whatever size it says. */
async function densityOf(bytes: Buffer): Promise<number> {
  const { width = 0, height = 0 } = await sharp(bytes, { limitInputPixels: false, density: USUAL_DENSITY }).metadata();
  const density = (USUAL_DENSITY * RASTER_LONGEST_SIDE) / Math.max(width, height, 1);
  return Math.max(1, Math.min(HIGHEST_DENSITY, density));
}

/** The library says in words alone what it does not like. */
function refusalOf(error: unknown): RasterRefused {
  const words = error instanceof Error ? error.message : '';
  if (/pixel limit/i.test(words)) {
    return new RasterRefused(
      'WatermarkTooLarge',
      `The picture has more than ${MOST_PIXELS / 1_000_000} million pixels; send a smaller one.`,
    );
  }
  return new RasterRefused(
    'WatermarkUnreadable',
    'The picture is damaged, cut off or without a size; export it again as PNG, JPEG or SVG.',
  );
}

/** A chunk `acTL` before the pixels makes a PNG an animation (PNG, third edition, 11.3.6.1). */
export function isAnimated(png: Buffer): boolean {
  for (let at = 8; at + 8 <= png.length; at += 12 + png.readUInt32BE(at)) {
    const type = png.toString('latin1', at + 4, at + 8);
    if (type === 'acTL') return true;
    if (type === 'IDAT') return false;
  }
  return false;
}
