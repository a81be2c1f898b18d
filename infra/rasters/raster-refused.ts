/** Why there is no raster of what a user sent. */
export type RasterRefusal =
  /** Damaged, or of another format than was said. */
  | 'WatermarkUnreadable'
  | 'WatermarkAnimated'
  /** Too many pixels. */
  | 'WatermarkTooLarge'
  /** An SVG that does more than draw. */
  | 'WatermarkUnsafe'
  /** Nothing in it can be seen. */
  | 'WatermarkEmpty'
  /** It takes more time or memory than a watermark may. */
  | 'WatermarkTooComplex'
  /** Characters that the font does not have. */
  | 'WatermarkTextUnsupported'
  /** The same of a picture that is to be a poster. */
  | 'PosterUnreadable'
  | 'PosterAnimated'
  | 'PosterTooLarge'
  | 'PosterTooComplex'
  /** Too few pixels. */
  | 'PosterTooSmall';

/** `message` is a sentence for the user that says what to do. */
export class RasterRefused extends Error {
  override readonly name = 'RasterRefused';

  constructor(
    readonly code: RasterRefusal,
    message: string,
  ) {
    super(message);
  }
}
