/** Cells of a barcode: sixteen bits of the frame number, then four of a checksum. */
export const BARCODE_CELLS = 20;

/** Height of the strip, as a divisor of the picture's height. */
export const BARCODE_HEIGHT_DIVISOR = 8;

const VALUE_BITS = 16;
const DARK = 16;
const LIGHT = 235;
const THRESHOLD = 128;

/** One byte of luma per cell. */
export function barcodeCells(frame: number): Uint8Array {
  const word = frame | (checksum(frame) << VALUE_BITS);
  return Uint8Array.from({ length: BARCODE_CELLS }, (_, bit) => ((word >> bit) & 1 ? LIGHT : DARK));
}

/** The frame number of a row of cells, or null when its checksum does not match. */
export function frameOfCells(cells: Uint8Array): number | null {
  const word = cells.reduce((sum, luma, bit) => sum | (luma >= THRESHOLD ? 1 << bit : 0), 0);
  const frame = word & 0xffff;
  return word >> VALUE_BITS === checksum(frame) ? frame : null;
}

/** Sum of the four nibbles and one, so that an all-dark strip is no number. */
function checksum(frame: number): number {
  return (1 + (frame & 15) + ((frame >> 4) & 15) + ((frame >> 8) & 15) + ((frame >> 12) & 15)) & 15;
}
