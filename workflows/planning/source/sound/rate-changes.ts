import type { PacketScan, ScannedPacket } from '../packet-scan';
import type { ProbedStream } from '../probed-container';

/** Codecs whose frames have one number of samples, so that they last as long as each other while the rate is the same. */
const EVEN_CODECS = ['aac', 'mp2', 'mp3', 'ac3', 'eac3'];

/** Rates of these codecs, in Hz. */
const RATES = [8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 64_000, 88_200, 96_000];

/** The nearest two rates differ by 8.8 %, the clock of a transport stream by its tick. */
const SAME_RATIO = 0.01;

/** Packets whose times follow from each other by their durations lie within this of them. */
const SAME_TIME_SECONDS = 0.001;

/** A lost packet leaves one stretch of time that its packets do not fill, a rate that was not noticed all of them. */
const TELLING_STRETCHES = 2;

/**
 * Whether the sampling rate of an audio track changes, by its packets. A PES packet (ISO/IEC 13818-1 2.4.3.7) has one time for all its
 * frames; a demuxer times the others by the rate of the track, which it learns late or, for AAC, never.
 */
export function changesRate({ timebase, packets }: PacketScan, { codec_name }: Pick<ProbedStream, 'codec_name'>): boolean {
  const [first] = packets;
  if (!first || !EVEN_CODECS.includes(codec_name ?? '')) return false;
  const isOther = (ticks: number) => ticks > 0 && isOtherRate(ticks / first.durationTicks);
  if (packets.some(({ durationTicks }) => isOther(durationTicks))) return true;
  const toleranceTicks = (SAME_TIME_SECONDS * timebase.den) / timebase.num;
  let before = 1;
  let alike = 0;
  for (const ratio of stretches(packets, toleranceTicks)) {
    const isSame = isOtherRate(ratio) && Math.abs(ratio / before - 1) < SAME_RATIO;
    alike = isSame ? alike + 1 : 1;
    if (isSame && alike >= TELLING_STRETCHES) return true;
    before = ratio;
  }
  return false;
}

/**
 * For packets up to the next one that does not follow by its duration: the time that they have over the time that they last. A packet whose time
 * lies before that of the last one gets the same: the one behind it does not follow, either, and is no start of its own.
 */
function stretches(packets: readonly ScannedPacket[], toleranceTicks: number): number[] {
  const ratios: number[] = [];
  let [startPts, ticks] = [packets[0]?.pts ?? 0, 0];
  let [end, last, heldBack] = [startPts, -Infinity, false];
  for (const { pts, durationTicks } of packets) {
    if (Math.abs(pts - end) > toleranceTicks && !heldBack && ticks > 0) {
      ratios.push((pts - startPts) / ticks);
      [startPts, ticks] = [pts, 0];
    }
    heldBack = pts <= last;
    [end, last] = [pts + durationTicks, pts];
    ticks += durationTicks;
  }
  return ratios;
}

/** Whether frames that last so many times as long have another rate. */
function isOtherRate(ratio: number): boolean {
  if (Math.abs(ratio - 1) < 2 * SAME_RATIO) return false;
  return RATES.some((from) => RATES.some((to) => Math.abs(from / to / ratio - 1) < SAME_RATIO));
}
