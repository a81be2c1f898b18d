import { MalformedTsError } from './packets';

export const PAT_PID = 0;

const PAT_TABLE_ID = 0x00;
const PMT_TABLE_ID = 0x02;
/** ISO/IEC 13818-1 table 2-34. */
const STREAM_TYPES = { h264: 0x1b, aac: 0x0f } as const;

/** What the tables of a segment say: one program with one stream of pictures and at most one of sound. */
export interface Program {
  pcrPid: number;
  videoPid: number;
  /** Null for a silent program. */
  audioPid: number | null;
}

/** PID of the one program map that a program association section names (ISO/IEC 13818-1 2.4.4.4). Throws {@link MalformedTsError}. */
export function readPat(payload: Uint8Array): number {
  const body = sectionBody(payload, PAT_TABLE_ID);
  // The network information table has the program number 0.
  const programs = chunks(body, 4).filter(([high = 0, low = 0]) => high !== 0 || low !== 0);
  const [program, ...others] = programs;
  // RFC 8216 3.2
  if (!program || others.length > 0) throw new MalformedTsError(`a segment with ${programs.length} programs`);
  return pidAt(program, 2);
}

/** The streams of a program map section (ISO/IEC 13818-1 2.4.4.9). Throws {@link MalformedTsError}. */
export function readPmt(payload: Uint8Array): Program {
  const body = sectionBody(payload, PMT_TABLE_ID);
  const streams: { type: number; pid: number }[] = [];
  for (let offset = 4 + lengthAt(body, 2); offset < body.length; offset += 5 + lengthAt(body, offset + 3)) {
    streams.push({ type: body[offset] ?? 0, pid: pidAt(body, offset + 1) });
  }
  const ofType = (wanted: number) => streams.filter(({ type }) => type === wanted);
  const [video, audio] = [ofType(STREAM_TYPES.h264), ofType(STREAM_TYPES.aac)];
  if (video.length !== 1 || audio.length > 1 || streams.length > 2) {
    throw new MalformedTsError(`a program of ${video.length} H.264, ${audio.length} AAC and ${streams.length} streams in all`);
  }
  return { pcrPid: pidAt(body, 0), videoPid: video[0]?.pid ?? 0, audioPid: audio[0]?.pid ?? null };
}

/** A table in one section, without its header and its checksum (ISO/IEC 13818-1 2.4.4.1). */
function sectionBody(payload: Uint8Array, tableId: number): Uint8Array {
  const section = payload.subarray(1 + (payload[0] ?? 0));
  const end = 3 + lengthAt(section, 1);
  if (section[0] !== tableId || end > section.length || end < 12) throw new MalformedTsError(`no table ${tableId} where one should be`);
  if (crc32(section.subarray(0, end)) !== 0) throw new MalformedTsError(`table ${tableId} has a wrong checksum`);
  return section.subarray(8, end - 4);
}

function lengthAt(bytes: Uint8Array, offset: number): number {
  return (((bytes[offset] ?? 0) & 0x0f) << 8) | (bytes[offset + 1] ?? 0);
}

function pidAt(bytes: Uint8Array, offset: number): number {
  return (((bytes[offset] ?? 0) & 0x1f) << 8) | (bytes[offset + 1] ?? 0);
}

function chunks(bytes: Uint8Array, size: number): Uint8Array[] {
  return Array.from({ length: Math.floor(bytes.length / size) }, (_, index) => bytes.subarray(index * size, (index + 1) * size));
}

/** ISO/IEC 13818-1 annex A: 0 over a section with its checksum. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte << 24;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  }
  return crc >>> 0;
}
