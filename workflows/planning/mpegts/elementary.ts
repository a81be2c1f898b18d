import { MalformedTsError } from './packets';

/** NAL unit types (ISO/IEC 14496-10 table 7-1). */
const NAL = { slice: 1, partition: 2, idr: 5, sps: 7, pps: 8 } as const;
const NAL_TYPE_MASK = 0x1f;

/** What an access unit in the byte stream format begins with (ISO/IEC 14496-10 annex B). */
export function accessUnitHead(unit: Uint8Array): { isKeyPicture: boolean } {
  const before = new Set<number>();
  for (let offset = 0; offset + 3 < unit.length; offset++) {
    if (unit[offset] !== 0 || unit[offset + 1] !== 0 || unit[offset + 2] !== 1) continue;
    const type = (unit[offset + 3] ?? 0) & NAL_TYPE_MASK;
    if (type === NAL.idr) return { isKeyPicture: before.has(NAL.sps) && before.has(NAL.pps) };
    if (type >= NAL.slice && type < NAL.idr) return { isKeyPicture: false };
    before.add(type);
  }
  return { isKeyPicture: false };
}

/** AAC frames, each of 1,024 samples. */
export interface AdtsFrames {
  /** By PES packet, in order. */
  counts: number[];
  sampleRateHz: number;
  channels: number;
}

export const SAMPLES_PER_FRAME = 1024;

/** ISO/IEC 14496-3 table 1.18 */
const SAMPLE_RATES_HZ = [96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350];
const HEADER_BYTES = 7;

/** Walks the headers of AAC frames (ISO/IEC 14496-3 1.A.3.2). Throws {@link MalformedTsError} where they do not fill every PES packet. */
export function adtsFrames(packets: readonly Uint8Array[]): AdtsFrames {
  const found: AdtsFrames = { counts: [], sampleRateHz: 0, channels: 0 };
  for (const packet of packets) {
    let frames = 0;
    for (let offset = 0; offset < packet.length; frames++) {
      const [sync = 0, flags = 0, c = 0, d = 0, e = 0, f = 0] = packet.subarray(offset, offset + HEADER_BYTES);
      const sizeBytes = ((d & 0x03) << 11) | (e << 3) | (f >> 5);
      if (sync !== 0xff || (flags & 0xf6) !== 0xf0 || sizeBytes < HEADER_BYTES || offset + sizeBytes > packet.length) {
        throw new MalformedTsError('sound that does not consist of whole AAC frames');
      }
      found.sampleRateHz = SAMPLE_RATES_HZ[(c >> 2) & 0x0f] ?? 0;
      found.channels = ((c & 0x01) << 2) | (d >> 6);
      offset += sizeBytes;
    }
    found.counts.push(frames);
  }
  return found;
}
