import type { BoxReader } from './box';

/** Bytes of the length before every NAL unit in a sample, as all entries of this service have it (ISO/IEC 14496-15 5.3.3.1). */
const NAL_LENGTH_BYTES = 4;

/** First header byte of every NAL unit of a sample in the bytes from `start` to `end`. Throws `MalformedBoxError`. */
export function* nalHeaders(reader: BoxReader, start: number, end: number): Generator<number> {
  for (let offset = start; offset < end; offset += NAL_LENGTH_BYTES + reader.u32(offset)) yield reader.u8(offset + NAL_LENGTH_BYTES);
}
