/** A luma plane, one byte a pixel. */
interface LumaPlane {
  bytes: Uint8Array;
  width: number;
  height: number;
}

/** Mean luma outside of this range reads as a black or a blown-out picture. */
const DARKEST_MEAN = 40;
const BRIGHTEST_MEAN = 215;

/** Standard deviations at which contrast counts as full. */
const FULL_CONTRAST = 50;

/** Mean absolute Laplacian at which a picture of this size counts as sharp. */
const FULL_SHARPNESS = 12;

/**
 * How good a picture is as a poster, from 0 (black, white, flat or wholly blurred) to 1: the product of exposure,
 * contrast and sharpness. Throws RangeError when the bytes are not `width * height`.
 */
export function scoreLuma(bytes: Uint8Array, width: number, height: number): number {
  if (bytes.byteLength !== width * height || bytes.byteLength === 0) throw new RangeError('not a luma plane of this size');
  const mean = bytes.reduce((sum, value) => sum + value, 0) / bytes.byteLength;
  const variance = bytes.reduce((sum, value) => sum + (value - mean) ** 2, 0) / bytes.byteLength;
  const contrast = Math.min(1, Math.sqrt(variance) / FULL_CONTRAST);
  const sharpness = Math.min(1, meanLaplacian({ bytes, width, height }) / FULL_SHARPNESS);
  return exposure(mean) * contrast * sharpness;
}

/** Index of the best score, the earliest of equals; 0 for an empty list. */
export function bestScore(scores: readonly number[]): number {
  return scores.reduce((best, score, index) => (score > (scores[best] ?? 0) ? index : best), 0);
}

/** 1 in the middle range, falling to 0 at black and at white. */
function exposure(mean: number): number {
  if (mean < DARKEST_MEAN) return (mean / DARKEST_MEAN) ** 2;
  if (mean > BRIGHTEST_MEAN) return ((255 - mean) / (255 - BRIGHTEST_MEAN)) ** 2;
  return 1;
}

/** Mean absolute second difference over both axes: near 0 where there are no edges. */
function meanLaplacian({ bytes, width, height }: LumaPlane): number {
  if (width < 3 || height < 3) return 0;
  let sum = 0;
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      const around = pixel(bytes, at - 1) + pixel(bytes, at + 1) + pixel(bytes, at - width) + pixel(bytes, at + width);
      sum += Math.abs(4 * pixel(bytes, at) - around);
    }
  }
  return sum / ((width - 2) * (height - 2));
}

function pixel(bytes: Uint8Array, offset: number): number {
  return bytes[offset] ?? 0;
}
