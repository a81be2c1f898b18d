import type { PacketScan, ScannedPacket } from '../packet-scan';

const PACKET_FLAG_KEY = 0x1;
const PACKET_FLAG_CORRUPT = 0x2;

/**
 * Duration of the frame that is shown last; 0 when the container does not say. `shown` in presentation order. Where the durations lead
 * from one decoding time to the next (ISO/IEC 14496-12 8.6.1.2), that of a packet belongs to another frame as soon as frames are
 * reordered: the last frame gets what the steps between the frames leave of their sum.
 */
export function lastDurationTicks({ packets }: PacketScan, shown: readonly ScannedPacket[]): number {
  const last = shown.at(-1);
  if (!last) return 0;
  const follower = packets.reduce((first, { pts }) => (pts > last.pts ? Math.min(first, pts) : first), Infinity);
  if (follower < Infinity) return follower - last.pts;
  const isChain = packets.every(({ dts }, index) => index === 0 || dts === endOf(packets[index - 1] as ScannedPacket));
  const firstPts = packets.reduce((first, { pts }) => Math.min(first, pts), last.pts);
  const rest = packets.reduce((sum, { durationTicks }) => sum + durationTicks, 0) - (last.pts - firstPts);
  return isChain && rest > 0 ? rest : last.durationTicks;
}

function endOf({ dts, durationTicks }: ScannedPacket): number {
  return dts + durationTicks;
}

/** The shown frame that is furthest from the key frame before it; null when all are key frames. */
export function frameFarFromKey(shown: readonly ScannedPacket[]): ScannedPacket | null {
  let since = 0;
  let furthest = { distance: 0, packet: null as ScannedPacket | null };
  for (const packet of shown) {
    since = packet.keyFrame ? 0 : since + 1;
    if (since > furthest.distance) furthest = { distance: since, packet };
  }
  return furthest.packet;
}

/** Reordering moves no frame by more (ITU-T H.264 A.3.1, MaxDpbFrames). */
const FURTHEST_REORDERING = 16;

/**
 * Whether the clock starts again somewhere: then frames of both parts lie at the same times, or ffmpeg has given the packets of the second part
 * the decoding time of the last one before them.
 */
export function clockRestarts({ packets }: PacketScan): boolean {
  const byTime = packets.map(({ pts }, index) => ({ pts, index })).sort((a, b) => a.pts - b.pts || a.index - b.index);
  return (
    longestStall(packets) > 2 * FURTHEST_REORDERING || byTime.some(({ index }, place) => Math.abs(index - place) > 2 * FURTHEST_REORDERING)
  );
}

/** The most packets in a row that have the decoding time of the one before them. */
function longestStall(packets: readonly ScannedPacket[]): number {
  let longest = 0;
  let stalled = 0;
  for (const [index, { dts }] of packets.entries()) {
    stalled = dts === packets[index - 1]?.dts ? stalled + 1 : 0;
    longest = Math.max(longest, stalled);
  }
  return longest;
}

/**
 * Packets in framecrc text that the demuxer calls damaged. Key frames and their neighbours are left out: where streams were joined, they
 * look as if something had been lost between them. A parser that waits for the next frame gives the flag to the packet before the one
 * that it is about, so the second packet before a key frame counts as a neighbour, too.
 */
export function countCorrupt(text: string): number {
  const flags = text
    .split('\n')
    .filter((line) => line.startsWith('0,'))
    .map((line) => parseInt(/, F=0x([0-9a-fA-F]+)/.exec(line)?.[1] ?? '1', 16));
  const isKey = (bits: number | undefined) => ((bits ?? 0) & PACKET_FLAG_KEY) !== 0;
  const isNearKey = (index: number) => [index - 1, index, index + 1, index + 2].some((near) => isKey(flags[near]));
  return flags.filter((bits, index) => (bits & PACKET_FLAG_CORRUPT) !== 0 && !isNearKey(index)).length;
}
