import type { Watermark } from '../../../../temporal/contract/media/watermark';
import { placeWatermark, type PictureSize } from './place-watermark';

/** What is left of a picture to compare must be more than this share of it. */
const LEAST_SHARE = 0.5;

/**
 * Samples of a small picture that a watermark does not reach, by their index, or null where all count: without a watermark, and with one
 * that leaves less than half of the picture. A mark is in the pictures of the source as in those of the output, so it raises no alarm
 * either way, but a picture that is black or stands still behind it would pass for one that does not.
 */
export function unmarkedCells(watermark: Watermark | undefined, picture: PictureSize, small: PictureSize): number[] | null {
  if (!watermark) return null;
  const { x, y, width, height } = placeWatermark(watermark, picture);
  const across = small.width / picture.width;
  const down = small.height / picture.height;
  // The cell around an edge has pixels of both sides, and coding blurs the mark into the next.
  const isMarked = (column: number, row: number) =>
    column + 2 > x * across && column - 1 < (x + width) * across && row + 2 > y * down && row - 1 < (y + height) * down;
  const cells = Array.from({ length: small.width * small.height }, (_, index) => index).filter(
    (index) => !isMarked(index % small.width, Math.floor(index / small.width)),
  );
  return cells.length > LEAST_SHARE * small.width * small.height ? cells : null;
}

/** The pictures with these samples only. */
export function onlyCells(pictures: readonly Uint8Array[], cells: readonly number[] | null): readonly Uint8Array[] {
  if (cells === null) return pictures;
  return pictures.map((picture) => Uint8Array.from(cells, (index) => picture[index] as number));
}
