const TS_PACKET_BYTES = 188;
/** The FLV header and the size of the tag before the first one, which is 0. */
const FLV_HEADER_BYTES = 13;

/** An ISO BMFF box with a 32-bit size. */
function box(type: string, payload: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + payload.length);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, payload]);
}

/** Gives every box of a type another name, so that readers skip it. Media data must not hold the four letters by chance. */
export function renameBoxes(bytes: Buffer, from: string, to: string): Buffer {
  const renamed = Buffer.from(bytes);
  for (let at = renamed.indexOf(from, 0, 'latin1'); at >= 0; at = renamed.indexOf(from, at + 4, 'latin1')) renamed.write(to, at, 'latin1');
  return renamed;
}

/** Puts a box behind the others of the first sample entry of a type. The index must lie behind the media, whose offsets stay. */
export function addToSampleEntry(bytes: Buffer, entryType: string, added: Buffer): Buffer {
  const entry = bytes.lastIndexOf(entryType, undefined, 'latin1') - 4;
  const end = entry + bytes.readUInt32BE(entry);
  const grown = Buffer.concat([bytes.subarray(0, end), added, bytes.subarray(end)]);
  grown.writeUInt32BE(grown.readUInt32BE(entry) + added.length, entry);
  for (const type of ['moov', 'trak', 'mdia', 'minf', 'stbl', 'stsd']) {
    const at = bytes.lastIndexOf(type, entry, 'latin1') - 4;
    grown.writeUInt32BE(grown.readUInt32BE(at) + added.length, at);
  }
  return grown;
}

/** Makes every edit list (version 0, one entry) show this part of its track; times in seconds. */
export function trimByEditList(bytes: Buffer, part: { start: number; duration: number }): Buffer {
  const trimmed = Buffer.from(bytes);
  const movie = trimmed.indexOf('mvhd', 0, 'latin1');
  const movieTimescale = trimmed.readUInt32BE(movie + 16);
  for (let at = trimmed.indexOf('elst', 0, 'latin1'); at >= 0; at = trimmed.indexOf('elst', at + 4, 'latin1')) {
    const media = trimmed.indexOf('mdhd', at, 'latin1');
    const mediaTime = trimmed.readUInt32BE(at + 16) + Math.round(part.start * trimmed.readUInt32BE(media + 16));
    trimmed.writeUInt32BE(Math.round(part.duration * movieTimescale), at + 12);
    trimmed.writeUInt32BE(mediaTime, at + 16);
  }
  return trimmed;
}

/** `clap` (ISO/IEC 14496-12 12.1.4): the middle of the picture in this size. */
export function cleanAperture(width: number, height: number): Buffer {
  const fields = Buffer.alloc(32);
  for (const [index, value] of [width, 1, height, 1, 0, 1, 0, 1].entries()) fields.writeUInt32BE(value, 4 * index);
  return box('clap', fields);
}

/** `dvcC` (Dolby Vision Streams Within the ISO Base Media File Format 3.2): base layer and metadata, level 1. */
export function dolbyVision(profile: number, compatibility: number): Buffer {
  const record = Buffer.alloc(24);
  record.set([1, 0, (profile << 1) | 0, (1 << 3) | 0b101, compatibility << 4]);
  return box('dvcC', record);
}

/** Leaves out one of every `oneOf` packets of an elementary stream, as bad reception does. */
export function loseTsPackets(bytes: Buffer, pid: number, oneOf: number): Buffer {
  let seen = 0;
  return Buffer.concat(tsPackets(bytes).filter((packet) => pidOf(packet) !== pid || ++seen % oneOf !== 0));
}

/** Takes the time stamps off the first PES packets of an elementary stream (ISO/IEC 13818-1 2.4.3.7): their bytes become stuffing. */
export function hideFirstTimes(bytes: Buffer, pid: number, count: number): Buffer {
  let left = count;
  const packets = tsPackets(Buffer.from(bytes));
  for (const packet of packets) {
    const startsUnit = ((packet[1] ?? 0) & 0x40) !== 0;
    if (pidOf(packet) !== pid || !startsUnit || left-- <= 0) continue;
    const hasAdaptation = ((packet[3] ?? 0) & 0x20) !== 0;
    const pes = 4 + (hasAdaptation ? 1 + (packet[4] ?? 0) : 0);
    packet[pes + 7] = (packet[pes + 7] ?? 0) & 0x3f;
    packet.fill(0xff, pes + 9, pes + 9 + (packet[pes + 8] ?? 0));
  }
  return Buffer.concat(packets);
}

/** Files joined byte by byte: the clock of the second part starts again at 0. */
export function joinFlv(first: Buffer, second: Buffer): Buffer {
  return Buffer.concat([first, second.subarray(FLV_HEADER_BYTES)]);
}

function tsPackets(bytes: Buffer): Buffer[] {
  const count = Math.floor(bytes.length / TS_PACKET_BYTES);
  return Array.from({ length: count }, (_, index) => bytes.subarray(index * TS_PACKET_BYTES, (index + 1) * TS_PACKET_BYTES));
}

function pidOf(packet: Buffer): number {
  return packet.readUInt16BE(1) & 0x1fff;
}

/** A picture that was not coded (ISO/IEC 14496-2 6.2.5, vop_coded 0): what DivX puts in place of a picture that it packed elsewhere. */
const EMPTY_PICTURE = Buffer.from([0, 0, 1, 0xb6, 0x50, 0x4f]);
const PICTURE_START = Buffer.from([0, 0, 1, 0xb6]);
const PACKED_BY = Buffer.concat([Buffer.from([0, 0, 1, 0xb2]), Buffer.from('DivX503b1393p', 'latin1')]);

/** Packs every B-picture of an MPEG-4 AVI with one B-picture between others into the packet before it, as DivX 5 does. */
export function packBFrames(avi: Buffer): Buffer {
  const list = avi.indexOf('movi', 0, 'latin1');
  const [first = Buffer.alloc(0), ...rest] = videoChunks(avi.subarray(list + 4, list - 4 + avi.readUInt32LE(list - 4) + 4));
  const start = first.indexOf(PICTURE_START);
  const packed: Buffer[] = [Buffer.concat([first.subarray(0, start), PACKED_BY, first.subarray(start)])];
  for (let at = 0; at < rest.length; at += 2) {
    const [reference, between] = [rest[at] as Buffer, rest[at + 1]];
    packed.push(...(between ? [Buffer.concat([reference, between]), EMPTY_PICTURE] : [reference]));
  }
  const movi = Buffer.concat([Buffer.from('movi', 'latin1'), ...packed.map((chunk) => riffChunk('00dc', chunk))]);
  const body = Buffer.concat([avi.subarray(8, list - 8), riffChunk('LIST', movi)]);
  return riffChunk('RIFF', body);
}

function videoChunks(movi: Buffer): Buffer[] {
  const chunks: Buffer[] = [];
  for (let at = 0; at + 8 <= movi.length;) {
    const size = movi.readUInt32LE(at + 4);
    if (movi.toString('latin1', at, at + 4) === '00dc') chunks.push(movi.subarray(at + 8, at + 8 + size));
    at += 8 + size + (size & 1);
  }
  return chunks;
}

function riffChunk(type: string, payload: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(type, 'latin1');
  head.writeUInt32LE(payload.length, 4);
  return Buffer.concat([head, payload, Buffer.alloc(payload.length & 1)]);
}

/** A transport stream in which the times of one PES packet of a stream, counted from 0, are off by so many ticks of 90 kHz. */
export function shiftPesTimes(bytes: Buffer, pid: number, { number, ticks }: { number: number; ticks: number }): Buffer {
  const packets = tsPackets(Buffer.from(bytes));
  const packet = packets.filter((one) => pidOf(one) === pid && ((one[1] ?? 0) & 0x40) !== 0)[number] ?? Buffer.alloc(0);
  const hasAdaptation = ((packet[3] ?? 0) & 0x20) !== 0;
  const pes = packet.subarray(4 + (hasAdaptation ? 1 + (packet[4] ?? 0) : 0));
  // PTS, and DTS where the second flag says so (ISO/IEC 13818-1 2.4.3.7).
  const stamps = ((pes[7] ?? 0) & 0x40) !== 0 ? [9, 14] : [9];
  for (const at of stamps) shiftStamp(pes.subarray(at, at + 5), ticks);
  return Buffer.concat(packets);
}

/** 33 bits in five bytes, with marker bits between them. */
function shiftStamp(stamp: Buffer, ticks: number): void {
  const high = ((stamp[0] ?? 0) >> 1) & 0x07;
  const time = high * 2 ** 30 + (stamp.readUInt16BE(1) >> 1) * 2 ** 15 + (stamp.readUInt16BE(3) >> 1) + ticks;
  stamp[0] = ((stamp[0] ?? 0) & 0xf1) | (Math.floor(time / 2 ** 30) << 1);
  stamp.writeUInt16BE((Math.floor(time / 2 ** 15) % 2 ** 15) * 2 + 1, 1);
  stamp.writeUInt16BE((time % 2 ** 15) * 2 + 1, 3);
}
