/** Bytes that are not a transport stream of one program with H.264 and AAC (ISO/IEC 13818-1). */
export class MalformedTsError extends Error {
  override readonly name = 'MalformedTsError';
}

export const PACKET_BYTES = 188;
/** Counters are four bits (ISO/IEC 13818-1 2.4.3.3). */
export const COUNTER_CYCLE = 16;
/** Ticks per second of PTS, DTS and the base of PCR. */
export const CLOCK_HZ = 90_000;

const SYNC_BYTE = 0x47;
const HEADER_BYTES = 4;
const PCR_FLAG = 0x10;

/** A packet of 188 bytes; offsets count from the start of the segment (ISO/IEC 13818-1 2.4.3.2). */
export interface TsPacket {
  offset: number;
  pid: number;
  /** A PES packet or a table begins in it. */
  startsUnit: boolean;
  hasPayload: boolean;
  counter: number;
  payloadStart: number;
  /** Base of the clock reference in ticks of 90 kHz; null for a packet without. */
  pcr: number | null;
}

/** The packets of a segment, in order. Throws {@link MalformedTsError} where one does not begin with the sync byte. */
export function* packetsOf(bytes: Uint8Array): Generator<TsPacket> {
  if (bytes.length === 0 || bytes.length % PACKET_BYTES !== 0) {
    throw new MalformedTsError(`${bytes.length} bytes are no whole number of packets`);
  }
  for (let offset = 0; offset < bytes.length; offset += PACKET_BYTES) yield packetAt(bytes, offset);
}

function packetAt(bytes: Uint8Array, offset: number): TsPacket {
  if (bytes[offset] !== SYNC_BYTE) throw new MalformedTsError(`no sync byte at byte ${offset}`);
  const second = bytes[offset + 1] ?? 0;
  const fourth = bytes[offset + 3] ?? 0;
  const adaptationBytes = bytes[offset + 4] ?? 0;
  const hasAdaptation = (fourth & 0x20) !== 0;
  const payloadStart = offset + HEADER_BYTES + (hasAdaptation ? 1 + adaptationBytes : 0);
  if (payloadStart > offset + PACKET_BYTES) throw new MalformedTsError(`the adaptation field at byte ${offset} leaves its packet`);
  const hasPcr = hasAdaptation && adaptationBytes > 0 && ((bytes[offset + 5] ?? 0) & PCR_FLAG) !== 0;
  return {
    offset,
    pid: ((second & 0x1f) << 8) | (bytes[offset + 2] ?? 0),
    startsUnit: (second & 0x40) !== 0,
    hasPayload: (fourth & 0x10) !== 0,
    counter: fourth & 0x0f,
    payloadStart,
    pcr: hasPcr ? pcrBase(bytes.subarray(offset + 6, offset + 11)) : null,
  };
}

/** 33 bits, which is more than a bitwise operator takes. */
function pcrBase([a = 0, b = 0, c = 0, d = 0, e = 0]: Uint8Array): number {
  return a * 2 ** 25 + b * 2 ** 17 + c * 2 ** 9 + d * 2 + (e >> 7);
}

/** PTS or DTS in five bytes with marker bits (ISO/IEC 13818-1 2.4.3.7). */
export function timestampAt(bytes: Uint8Array, offset: number): number {
  const [a = 0, b = 0, c = 0, d = 0, e = 0] = bytes.subarray(offset, offset + 5);
  return ((a >> 1) & 0x07) * 2 ** 30 + b * 2 ** 22 + (c >> 1) * 2 ** 15 + d * 2 ** 7 + (e >> 1);
}
