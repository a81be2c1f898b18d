import { accessUnitHead, adtsFrames, type AdtsFrames } from './elementary';
import { MalformedTsError, PACKET_BYTES, packetsOf, timestampAt, type TsPacket } from './packets';
import { PAT_PID, readPat, readPmt, type Program } from './tables';

/** Counters of one PID in a segment. */
interface PidCounters {
  first: number;
  last: number;
  /** Packets whose counter does not follow that of the packet before, from the second one on. */
  jumps: number;
  packets: number;
}

/** A PES packet of pictures or sound; ticks of 90 kHz. */
export interface TimedUnit {
  pts: number;
  dts: number;
  /** Clock reference of the packet in which it begins; null for one without. */
  pcr: number | null;
}

/** Facts of one MPEG-TS segment, read from its packets alone. */
export interface TsSegmentFacts {
  counters: ReadonlyMap<number, PidCounters>;
  /** In the order of decoding. */
  pictures: TimedUnit[];
  /** Whether the first picture is an IDR picture with its parameter sets in front of it. */
  opensWithKeyPicture: boolean;
  sound: { units: TimedUnit[]; frames: AdtsFrames } | null;
}

/** Null padding has no counter (ISO/IEC 13818-1 2.4.3.3). */
const NULL_PID = 0x1fff;

/**
 * Reads a segment without any other: its tables come before its media (RFC 8216 3.2). Throws {@link MalformedTsError} for bytes that are not
 * whole packets of one program of H.264 and AAC.
 */
export function readTsSegment(bytes: Uint8Array): TsSegmentFacts {
  const counters = new Map<number, PidCounters>();
  const units = new Map<number, { times: TimedUnit[]; parts: Uint8Array[][] }>();
  let pmtPid: number | null = null;
  let program: Program | null = null;
  for (const packet of packetsOf(bytes)) {
    if (packet.pid === NULL_PID) continue;
    count(counters, packet);
    // Of pictures behind the first, times are all that is read.
    if (!packet.startsUnit && packet.pid === program?.videoPid && isBehindFirst(units.get(packet.pid))) continue;
    const payload = packet.hasPayload ? bytes.subarray(packet.payloadStart, packet.offset + PACKET_BYTES) : new Uint8Array();
    if (packet.pid === PAT_PID && packet.startsUnit) pmtPid = readPat(payload);
    else if (packet.pid === pmtPid && packet.startsUnit) program = samePids(program, readPmt(payload));
    else if (isMedia(program, packet.pid)) append(units, packet, payload);
    else if (isPesStart(packet, payload)) throw new MalformedTsError(`PID ${packet.pid} is in no table before its first packet`);
  }
  if (!program) throw new MalformedTsError('a segment without tables');
  const video = units.get(program.videoPid);
  if (!video || program.pcrPid !== program.videoPid) throw new MalformedTsError('a segment without pictures that carry its clock');
  return {
    counters,
    pictures: video.times,
    opensWithKeyPicture: accessUnitHead(joined(video.parts[0] ?? [])).isKeyPicture,
    sound: soundOf(program, units),
  };
}

function isBehindFirst(unit: { times: readonly TimedUnit[] } | undefined): boolean {
  return unit !== undefined && unit.times.length > 1;
}

function soundOf(
  { audioPid }: Program,
  units: ReadonlyMap<number, { times: TimedUnit[]; parts: Uint8Array[][] }>,
): TsSegmentFacts['sound'] {
  if (audioPid === null) return null;
  const { times = [], parts = [] } = units.get(audioPid) ?? {};
  return { units: times, frames: adtsFrames(parts.map(joined)) };
}

function isMedia(program: Program | null, pid: number): boolean {
  return program !== null && (pid === program.videoPid || pid === program.audioPid);
}

function samePids(before: Program | null, now: Program): Program {
  if (before && (before.videoPid !== now.videoPid || before.audioPid !== now.audioPid)) throw new MalformedTsError('tables change');
  return now;
}

function count(counters: Map<number, PidCounters>, { pid, hasPayload, counter }: TsPacket): void {
  const known = counters.get(pid);
  const packets = hasPayload ? 1 : 0;
  if (!known) {
    counters.set(pid, { first: counter, last: counter, jumps: 0, packets });
    return;
  }
  if (!follows(known.last, { counter, hasPayload })) known.jumps += 1;
  known.last = counter;
  known.packets += packets;
}

/** A packet without payload repeats the counter (ISO/IEC 13818-1 2.4.3.3). */
function follows(last: number, { counter, hasPayload }: { counter: number; hasPayload: boolean }): boolean {
  return counter === (last + (hasPayload ? 1 : 0)) % 16;
}

function isPesStart({ startsUnit }: TsPacket, payload: Uint8Array): boolean {
  return startsUnit && payload[0] === 0 && payload[1] === 0 && payload[2] === 1;
}

/** Adds a packet to the PES packet that it is part of (ISO/IEC 13818-1 2.4.3.6). */
function append(units: Map<number, { times: TimedUnit[]; parts: Uint8Array[][] }>, packet: TsPacket, payload: Uint8Array): void {
  const unit = units.get(packet.pid) ?? { times: [], parts: [] };
  units.set(packet.pid, unit);
  if (!packet.startsUnit) {
    if (payload.length > 0) unit.parts.at(-1)?.push(payload);
    if (unit.parts.length === 0) throw new MalformedTsError(`PID ${packet.pid} goes on with what the segment did not begin`);
    return;
  }
  if (!isPesStart(packet, payload) || ((payload[7] ?? 0) & 0x80) === 0) throw new MalformedTsError('media without a time');
  const pts = timestampAt(payload, 9);
  const dts = ((payload[7] ?? 0) & 0x40) !== 0 ? timestampAt(payload, 14) : pts;
  unit.times.push({ pts, dts, pcr: packet.pcr });
  unit.parts.push([payload.subarray(9 + (payload[8] ?? 0))]);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
