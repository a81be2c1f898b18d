import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { alignCounters, countPackets } from '../../workflows/planning/mpegts/align-counters';
import { PACKET_BYTES, packetsOf } from '../../workflows/planning/mpegts/packets';
import { TsTimeline } from '../../workflows/planning/quality/ts-timeline';

const [VIDEO_PID, AUDIO_PID] = [0x100, 0x101];

const segments = [1, 2, 3].map((number) => new Uint8Array(readFileSync(join(__dirname, 'testing', 'vectors', `segment_${number}.mpegts`))));
const [first, second, third] = segments as [Uint8Array, Uint8Array, Uint8Array];
const SOUND_FRAMES = 30;

/** Rules that are broken by segments in this order, through the reader of the gate. */
function broken(bytes: readonly Uint8Array[], frameCounts = [6, 6, 6]): string[] {
  const timeline = new TsTimeline({
    frameRate: { num: 10, den: 1 },
    frameCounts,
    sound: { sampleRateHz: 16_000, frameCount: SOUND_FRAMES },
  });
  const problems = bytes.flatMap((segment, index) => timeline.add(segment).map(({ rule }) => `${index + 1} ${rule}`));
  return [...problems, ...timeline.end().map(({ rule }) => `end ${rule}`)];
}

/** Without its packet `index` of a PID. */
function without(segment: Uint8Array, pid: number, index: number): Uint8Array {
  const lost = [...packetsOf(segment)].filter((packet) => packet.pid === pid)[index]?.offset ?? Number.NaN;
  return Uint8Array.from([...segment.subarray(0, lost), ...segment.subarray(lost + PACKET_BYTES)]);
}

/** With counters that begin at 0, as those of a run of its own do. */
function restarted(segment: Uint8Array): Uint8Array {
  const copy = segment.slice();
  const begins = new Map<number, number>();
  for (const { offset, pid, counter } of packetsOf(segment)) {
    if (!begins.has(pid)) begins.set(pid, counter);
    copy[offset + 3] = ((copy[offset + 3] ?? 0) & 0xf0) | ((counter - (begins.get(pid) ?? 0) + 16) % 16);
  }
  return copy;
}

/** With the last PES packet of a PID shown `ticks` later. */
function later(segment: Uint8Array, pid: number, ticks: number): Uint8Array {
  const copy = segment.slice();
  const packet = [...packetsOf(segment)].findLast((one) => one.pid === pid && one.startsUnit);
  const at = (packet?.payloadStart ?? 0) + 13;
  // The low seven bits of the PTS, and those of the DTS where there is one.
  copy[at] = ((copy[at] ?? 0) + (ticks << 1)) & 0xff;
  return copy;
}

/** Without the clock reference of its picture `index`. */
function withoutClock(segment: Uint8Array, index: number): Uint8Array {
  const copy = segment.slice();
  const packet = [...packetsOf(segment)].filter(({ pid, startsUnit }) => pid === VIDEO_PID && startsUnit)[index];
  copy[(packet?.offset ?? 0) + 5] = 0;
  return copy;
}

/** With its first clock reference some minutes ahead. */
function withLateClock(segment: Uint8Array): Uint8Array {
  const copy = segment.slice();
  const packet = [...packetsOf(segment)].find(({ pcr }) => pcr !== null);
  // The highest eight of its 33 bits.
  copy[(packet?.offset ?? 0) + 6] = 1;
  return copy;
}

/** With a byte of its key picture changed, so that it is another kind of picture. */
function withoutKey(segment: Uint8Array): Uint8Array {
  const copy = segment.slice();
  const at = copy.findIndex((byte, index) => byte === 0x65 && copy[index - 1] === 1 && copy[index - 2] === 0 && copy[index - 3] === 0);
  copy[at] = 0x41;
  return copy;
}

/** With another byte in a table than its checksum is for. */
function withDamagedTable(segment: Uint8Array): Uint8Array {
  const copy = segment.slice();
  const packet = [...packetsOf(segment)].find(({ pid }) => pid === 0);
  copy[(packet?.payloadStart ?? 0) + 9] = 0xff;
  return copy;
}

it('lets segments through that are what was made', () => {
  expect(broken(segments)).toEqual([]);
});

it.each<[string, readonly Uint8Array[], string]>([
  ['a lost packet of a picture', [first, without(second, VIDEO_PID, 2), third], '2 counters'],
  ['a lost packet of sound', [first, without(second, AUDIO_PID, 1), third], '2 packets'],
  ['counters that restart', [first, restarted(second), third], '2 counters'],
  ['a picture that is shown late', [first, later(second, VIDEO_PID, 9), third], '2 timeline'],
  ['sound that is heard late', [first, second, later(third, AUDIO_PID, 9)], '3 sound'],
  ['a segment in the place of another', [first, third, second], '2 timeline'],
  ['a segment twice', [first, second, second], '3 timeline'],
  ['a missing segment', [first, third], '2 counters'],
  ['a segment that opens without a clock', [first, withoutClock(second, 0), third], '2 clock'],
  ['a gap in the clock', [first, withoutClock(second, 2), third], '2 clock'],
  ['a clock that is behind the pictures', [first, withLateClock(second), third], '2 clock'],
  ['a segment that opens with another picture', [first, withoutKey(second), third], '2 key-frames'],
  ['a damaged table', [first, withDamagedTable(second), third], '2 packets'],
  ['a segment that is cut off', [first, second.subarray(0, -100), third], '2 packets'],
  ['a segment out of step', [first, second.map((byte, index) => (index === PACKET_BYTES ? 0 : byte)), third], '2 packets'],
  ['a missing end', [first, second], 'end sound'],
])('refuses %s', (_what, bytes, rule) => {
  expect(broken(bytes)).toContain(rule);
});

describe('the end of a piece', () => {
  const aligned = alignCounters(second, countPackets(first));

  it('takes the counters of all streams and tables round to where the next piece begins', () => {
    for (const [pid, count] of countPackets(aligned, countPackets(first))) expect([pid, count % 16]).toEqual([pid, 0]);
    expect(broken([first, aligned, restarted(third)])).toEqual([]);
    expect(broken([first, second, restarted(third)])).toContain('3 counters');
  });

  it('changes no byte of a stream', () => {
    for (const pid of [VIDEO_PID, AUDIO_PID]) expect(payloadOf(aligned, pid)).toEqual(payloadOf(second, pid));
  });
});

function payloadOf(segment: Uint8Array, pid: number): number[] {
  const packets = [...packetsOf(segment)].filter((packet) => packet.pid === pid && packet.hasPayload);
  return packets.flatMap(({ offset, payloadStart }) => [...segment.subarray(payloadStart, offset + PACKET_BYTES)]);
}
