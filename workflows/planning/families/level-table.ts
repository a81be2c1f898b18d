import type { LevelInput } from './family';

/** What a level of a codec allows. */
export interface LevelLimits {
  level: string;
  /** Luma samples of a picture, and of all pictures of a second. */
  samples: number;
  samplesPerSecond: number;
  longestSide: number;
  /** Bits per second. */
  bps: number;
  /** Bits of the decoder's buffer; left out where the codec's levels do not bound it. */
  bufferBits?: number;
}

/** The first level of a rising table that a rung fits. Throws RangeError for a picture that no level holds. */
export function lowestLevel(levels: readonly LevelLimits[], rung: LevelInput): string {
  const { width, height, frameRate, maxrateBps, bufsizeBits } = rung;
  const fits = levels.find(
    ({ samples, samplesPerSecond, longestSide, bps, bufferBits = Infinity }) =>
      width * height <= samples &&
      Math.max(width, height) <= longestSide &&
      width * height * frameRate.num <= samplesPerSecond * frameRate.den &&
      maxrateBps <= bps &&
      bufsizeBits <= bufferBits,
  );
  if (!fits) throw new RangeError(`no level holds ${width}x${height}`);
  return fits.level;
}
