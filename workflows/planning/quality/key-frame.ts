import type { Family } from '../families/family';
import { BoxReader, MalformedBoxError } from '../isobmff/box';
import { readSamples } from '../isobmff/samples';

/**
 * Content of an I-frame playlist's byte range: a fragment header and the first sample after it. `idr` is whether
 * decoding can start with that sample. Throws {@link MalformedBoxError} when the range is neither.
 */
export function readKeyFrame(bytes: Uint8Array, family: Pick<Family, 'isKeyPicture'>): { startTicks: number; idr: boolean } {
  const moofBytes = new BoxReader(bytes).u32(0);
  const reader = new BoxReader(bytes.subarray(0, moofBytes));
  const moof = reader.box('moof');
  const tfdt = reader.box('traf/tfdt', moof);
  const { samples, dataStart } = readSamples(reader, moof);
  const end = dataStart + (samples[0]?.sizeBytes ?? 0);
  if (end > bytes.byteLength) throw new MalformedBoxError('the first sample lies past the end');
  const startTicks = reader.version(tfdt) === 1 ? reader.u64(tfdt.bodyStart + 4) : reader.u32(tfdt.bodyStart + 4);
  return { startTicks, idr: family.isKeyPicture(new BoxReader(bytes), dataStart, end) };
}
