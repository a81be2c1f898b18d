import { BoxReader, MalformedBoxError } from '../isobmff/box';
import { readSamples } from '../isobmff/samples';

const NAL_LENGTH_BYTES = 4;
/** nal_unit_type (ITU-T H.264 table 7-1) of coded slices: of any other picture, and of an IDR picture. */
const SLICE = 1;
const IDR_SLICE = 5;

/**
 * What an I-frame playlist's byte range holds: a fragment header and the first sample behind it. `idr` is whether that sample
 * is an IDR picture of H.264. Throws {@link MalformedBoxError} when the range is neither.
 */
export function readKeyFrame(bytes: Uint8Array): { startTicks: number; idr: boolean } {
  const moofBytes = new BoxReader(bytes).u32(0);
  const reader = new BoxReader(bytes.subarray(0, moofBytes));
  const moof = reader.box('moof');
  const tfdt = reader.box('traf/tfdt', moof);
  const { samples, dataStart } = readSamples(reader, moof);
  const end = dataStart + (samples[0]?.sizeBytes ?? 0);
  if (end > bytes.byteLength) throw new MalformedBoxError('the first sample lies past the end');
  const startTicks = reader.version(tfdt) === 1 ? reader.u64(tfdt.bodyStart + 4) : reader.u32(tfdt.bodyStart + 4);
  return { startTicks, idr: firstSliceType(new BoxReader(bytes), dataStart, end) === IDR_SLICE };
}

/** Type of the first NAL unit that is a slice; parameter sets and messages come before it. */
function firstSliceType(reader: BoxReader, start: number, end: number): number | null {
  for (let offset = start; offset < end; offset += NAL_LENGTH_BYTES + reader.u32(offset)) {
    const type = reader.u8(offset + NAL_LENGTH_BYTES) & 0x1f;
    if (type === SLICE || type === IDR_SLICE) return type;
  }
  return null;
}
