import type { Fraction } from './plan';

/** The first picture that the decoder gives, cropped as the stream says. */
export interface FirstPicture {
  width: number;
  height: number;
  pixelAspect: Fraction;
}

/** How a picture is turned before it is shown. */
export interface Turn {
  /** Clockwise, after mirroring. */
  quarters: 0 | 1 | 2 | 3;
  /** Upside down, as in water. */
  isMirrored: boolean;
}

/** The width of a pixel over its height from the frame at `fromPts` on, in ticks of the video's timebase. */
export interface TimedPixelAspect {
  fromPts: number;
  pixelAspect: Fraction;
}
