/** Chunks that one answer covers: a bit each makes 512 characters, whichever of them are missing. */
export const CHUNKS_PER_ANSWER = 2_048;

const BITS_PER_DIGIT = 4;

/** A range of chunks with an exclusive end. */
export interface ChunkRange {
  firstChunk: number;
  endChunk: number;
}

/** The chunks of a range that `isMissing`, as hexadecimal digits; the highest bit of the first digit stands for the first chunk. */
export function encodeMissing({ firstChunk, endChunk }: ChunkRange, isMissing: (chunkIndex: number) => boolean): string {
  let digits = '';
  for (let start = firstChunk; start < endChunk; start += BITS_PER_DIGIT) {
    let digit = 0;
    for (let bit = 0; bit < BITS_PER_DIGIT; bit++) {
      const chunkIndex = start + bit;
      digit = digit * 2 + (chunkIndex < endChunk && isMissing(chunkIndex) ? 1 : 0);
    }
    digits += digit.toString(16);
  }
  return digits;
}

/** The inverse of {@link encodeMissing}: the missing chunks, ascending. */
export function decodeMissing({ firstChunk, endChunk }: ChunkRange, missing: string): number[] {
  return chunksOf({ firstChunk, endChunk }).filter((chunkIndex) => {
    const place = chunkIndex - firstChunk;
    const digit = parseInt(missing.charAt(Math.floor(place / BITS_PER_DIGIT)), 16);
    return ((digit >> (BITS_PER_DIGIT - 1 - (place % BITS_PER_DIGIT))) & 1) === 1;
  });
}

/** Every chunk of a range, ascending. */
export function chunksOf({ firstChunk, endChunk }: ChunkRange): number[] {
  return Array.from({ length: endChunk - firstChunk }, (_, place) => firstChunk + place);
}
