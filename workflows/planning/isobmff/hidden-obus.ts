/** OBU types of AV1 (AV1 Bitstream & Decoding Process Specification, 6.2.2) that Shaka Packager reads: sequence and frame headers, tiles. */
const READ_TYPES: ReadonlySet<number> = new Set([1, 3, 4, 6, 7]);
/** A temporal delimiter is a header and a size of 0; with an extension it has a byte more (5.3.2, 5.3.3). */
const EMPTY_OBU = [0x12, 0x00];
const EMPTY_OBU_WITH_EXTENSION = [0x16, 0x00, 0x00];
const LEB128_MOST_BYTES = 8;

/** An OBU that was taken out of a sample of a segment. */
export interface HiddenObu {
  /** 0-based number of the sample in its segment. */
  sample: number;
  /** From the start of the sample. */
  offset: number;
  bytes: Uint8Array;
}

/**
 * Writes empty OBUs of the same size over metadata and padding of AV1 samples, in place, and returns what was there. The packager looks for
 * trailing bits behind an OBU that it has skipped whole and refuses the sample (packager/media/codecs/av1_parser.cc, release 3.4.2); such OBUs
 * stay clear in any case (AV1 in CENC, "Subsample encryption").
 */
export function hideObus(samples: readonly Uint8Array[]): HiddenObu[] {
  return samples.flatMap((bytes, sample) =>
    skippedObus(bytes).map(({ start, end }) => {
      const hidden = { sample, offset: start, bytes: bytes.slice(start, end) };
      bytes.set(emptyObus(end - start), start);
      return hidden;
    }),
  );
}

/** Puts back, in place, what {@link hideObus} has taken out. */
export function restoreObus(samples: readonly Uint8Array[], hidden: readonly HiddenObu[]): void {
  for (const { sample, offset, bytes } of hidden) samples[sample]?.set(bytes, offset);
}

function skippedObus(sample: Uint8Array): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  let start = 0;
  while (start < sample.byteLength) {
    const header = sample[start] ?? 0;
    const sizeAt = start + ((header & 0x04) === 0 ? 1 : 2);
    const size = (header & 0x02) === 0 ? { value: sample.byteLength - sizeAt, bytes: 0 } : leb128(sample, sizeAt);
    const end = sizeAt + size.bytes + size.value;
    // A sample that is no AV1 is left to the packager to refuse.
    if (end > sample.byteLength) return found;
    if (!READ_TYPES.has((header >> 3) & 0x0f) && size.value > 0) found.push({ start, end });
    start = end;
  }
  return found;
}

/** AV1 specification 4.10.5. */
function leb128(bytes: Uint8Array, offset: number): { value: number; bytes: number } {
  let value = 0;
  for (let index = 0; index < LEB128_MOST_BYTES; index++) {
    const byte = bytes[offset + index] ?? 0;
    value += (byte & 0x7f) * 2 ** (7 * index);
    if ((byte & 0x80) === 0) return { value, bytes: index + 1 };
  }
  return { value, bytes: LEB128_MOST_BYTES };
}

function emptyObus(sizeBytes: number): number[] {
  const first = sizeBytes % EMPTY_OBU.length === 0 ? [] : EMPTY_OBU_WITH_EXTENSION;
  const pairs = (sizeBytes - first.length) / EMPTY_OBU.length;
  return [...first, ...Array.from({ length: pairs }, () => EMPTY_OBU).flat()];
}
