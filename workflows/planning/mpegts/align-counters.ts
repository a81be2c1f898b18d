import { COUNTER_CYCLE, MalformedTsError, PACKET_BYTES, packetsOf, type TsPacket } from './packets';

/** Payload packets by PID. */
export type PacketCounts = ReadonlyMap<number, number>;

/** Adds the payload packets of a segment, which move counters on (ISO/IEC 13818-1 2.4.3.3). Throws {@link MalformedTsError}. */
export function countPackets(bytes: Uint8Array, before: PacketCounts = new Map()): PacketCounts {
  const counts = new Map(before);
  for (const { pid, hasPayload } of packetsOf(bytes)) if (hasPayload) counts.set(pid, (counts.get(pid) ?? 0) + 1);
  return counts;
}

/**
 * Ends the last segment of a piece so that the counters of all its PIDs begin again at 0 behind it, where the next piece begins: pieces
 * are made apart and join without a discontinuity. Tables are repeated, and a packet of a stream is divided into several with less
 * payload; no byte of a stream changes. `before` counts the packets of the segments of the piece before this one. Throws
 * {@link MalformedTsError} for a stream without a packet that can be divided.
 */
export function alignCounters(bytes: Uint8Array, before: PacketCounts): Uint8Array {
  const packets = [...packetsOf(bytes)];
  const pids = [...countPackets(bytes, before)];
  const parts = new Map<number, Uint8Array[]>(packets.map(({ offset }) => [offset, [bytes.slice(offset, offset + PACKET_BYTES)]]));
  const tables: Uint8Array[] = [];
  for (const [pid, count] of pids) {
    const missing = (COUNTER_CYCLE - (count % COUNTER_CYCLE)) % COUNTER_CYCLE;
    if (missing === 0) continue;
    const own = packets.filter((packet) => packet.pid === pid && packet.hasPayload);
    const last = own.at(-1);
    if (!last) throw new MalformedTsError(`no packet of PID ${pid} ends the piece`);
    if (isTable(bytes, own)) tables.push(...Array.from({ length: missing }, () => bytes.slice(last.offset, last.offset + PACKET_BYTES)));
    else {
      const divisible = own.findLast((packet) => spareBytes(bytes, packet) > missing);
      if (!divisible) throw new MalformedTsError(`no packet of PID ${pid} can be divided`);
      parts.set(divisible.offset, divided(bytes, divisible, missing));
    }
  }
  return renumbered([...[...parts.values()].flat(), ...tables], before);
}

/** A table fits into one packet here, so every packet begins one, and none begins a PES packet (ISO/IEC 13818-1 2.4.3.6). */
function isTable(bytes: Uint8Array, own: readonly TsPacket[]): boolean {
  return own.every((packet) => packet.startsUnit && !beginsPes(bytes, packet));
}

function beginsPes(bytes: Uint8Array, { startsUnit, payloadStart }: TsPacket): boolean {
  return startsUnit && bytes[payloadStart] === 0 && bytes[payloadStart + 1] === 0 && bytes[payloadStart + 2] === 1;
}

/** Payload that may follow in other packets: all of it but a PES header. */
function spareBytes(bytes: Uint8Array, packet: TsPacket): number {
  const { offset, payloadStart } = packet;
  const headerBytes = beginsPes(bytes, packet) ? 9 + (bytes[payloadStart + 8] ?? 0) : 0;
  return offset + PACKET_BYTES - payloadStart - headerBytes;
}

/** The packet without its last `count` bytes of payload, and a packet for each of these. */
function divided(bytes: Uint8Array, packet: TsPacket, count: number): Uint8Array[] {
  const whole = bytes.slice(packet.offset, packet.offset + PACKET_BYTES);
  const payload = whole.subarray(packet.payloadStart - packet.offset);
  const adaptation = ((whole[3] ?? 0) & 0x20) !== 0 ? whole.subarray(5, 5 + (whole[4] ?? 0)) : new Uint8Array();
  const cut = payload.length - count;
  const header = whole.subarray(0, 4);
  const rest = [...payload.subarray(cut)].map((byte) => stuffed(continued(header), new Uint8Array(), Uint8Array.of(byte)));
  return [stuffed(header, adaptation, payload.subarray(0, cut)), ...rest];
}

/** The header of a packet in which nothing begins. */
function continued(header: Uint8Array): Uint8Array {
  const copy = header.slice();
  copy[1] = (copy[1] ?? 0) & ~0x40;
  return copy;
}

/** A packet that is filled up with stuffing in its adaptation field (ISO/IEC 13818-1 2.4.3.5). */
function stuffed(header: Uint8Array, adaptation: Uint8Array, payload: Uint8Array): Uint8Array {
  const packet = new Uint8Array(PACKET_BYTES).fill(0xff);
  packet.set(header);
  packet[3] = (packet[3] ?? 0) | 0x30;
  const adaptationBytes = PACKET_BYTES - 5 - payload.length;
  packet[4] = adaptationBytes;
  // Its first byte holds flags, of which none is set.
  if (adaptationBytes > 0) packet[5] = 0;
  packet.set(adaptation, 5);
  packet.set(payload, PACKET_BYTES - payload.length);
  return packet;
}

function renumbered(packets: readonly Uint8Array[], before: PacketCounts): Uint8Array {
  const bytes = new Uint8Array(packets.length * PACKET_BYTES);
  packets.forEach((packet, index) => bytes.set(packet, index * PACKET_BYTES));
  const counts = new Map(before);
  for (const { offset, pid, hasPayload } of packetsOf(bytes)) {
    const count = counts.get(pid) ?? 0;
    // A packet without payload repeats the counter of the one before.
    const counter = (hasPayload ? count : count + COUNTER_CYCLE - 1) % COUNTER_CYCLE;
    bytes[offset + 3] = ((bytes[offset + 3] ?? 0) & 0xf0) | counter;
    if (hasPayload) counts.set(pid, count + 1);
  }
  return bytes;
}
