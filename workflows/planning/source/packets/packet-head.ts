import type { Fraction } from '../../../../temporal/contract/media/plan';
import { reduce } from '../../timeline/frame-rate';
import { sourceInput } from '../source-input';
import { QUIETLY } from '../track-copies';

/** Enough to meet a picture that is reordered. */
const PACKETS_LOOKED_AT = 8;

/** Fewer steps that are equal may be so by chance. */
const FEWEST_STEPS = 5;

/** What packets tell without being decoded. */
export interface PacketHead {
  isEncrypted: boolean;
  /** Every packet has a presentation time. */
  isTimed: boolean;
  /** Seconds that a packet lasts by the stream itself; null when it does not say. */
  step: Fraction | null;
  /** Seconds from one decoding time to the next, mostly; null where there are none. It may be many ticks of a container's clock. */
  spacing: Fraction | null;
  /** Seconds that the first packet is ahead of the even steps of the others; null where it is on them, or where these are uneven. */
  ahead: Fraction | null;
}

/** ffmpeg arguments that print the packets of a track to stdout, in the form of a packet scan: the first few, or all of them. */
export function packetHeadArgs(sourceUrl: string, videoStreamIndex: number, which: 'first' | 'all'): string[] {
  const count = which === 'first' ? ['-frames:v', String(PACKETS_LOOKED_AT)] : [];
  return [...QUIETLY, ...sourceInput(sourceUrl), '-map', `0:${videoStreamIndex}`, '-c', 'copy', ...count, '-f', 'framecrc', 'pipe:1'];
}

export function parsePacketHead(text: string): PacketHead {
  const [num = 0, den = 0] = (/^#tb 0: (\d+)\/(\d+)/m.exec(text)?.slice(1) ?? []).map(Number);
  const durations = [...text.matchAll(/^0,[^,]+,[^,]+,\s*(\d+),/gm)].map((match) => Number(match[1]));
  const decodingTimes = [...text.matchAll(/^0,\s*(-?\d{1,18}),/gm)].map((match) => Number(match[1]));
  const inSeconds = (ticks: number) => (ticks * num > 0 && den > 0 ? reduce({ num: ticks * num, den }) : null);
  const isTimed = !/^0,[^,]+,\s*-9223372036854775808,/m.test(text);
  return {
    isTimed,
    isEncrypted: text.includes('Encryption info'),
    step: inSeconds(durations.at(-1) ?? 0),
    spacing: inSeconds(usualSpacing(decodingTimes)),
    ahead: inSeconds(ticksAhead(decodingTimes)),
  };
}

/** Of a clock whose ticks are no fraction of a step. */
const ROUNDING_TICKS = 1;

/** Less than a step: whole steps in which nothing new is shown are none of it. */
function ticksAhead(times: readonly number[]): number {
  const [first = 0, ...steps] = stepsOf(times);
  const usual = steps.reduce((sum, step) => sum + step, 0) / steps.length;
  if (steps.length < FEWEST_STEPS || steps.some((step) => Math.abs(step - usual) > ROUNDING_TICKS)) return 0;
  const ahead = Math.round(first % usual);
  return first > usual && Math.min(ahead, usual - ahead) > 2 * ROUNDING_TICKS ? ahead : 0;
}

function stepsOf(times: readonly number[]): number[] {
  return times.slice(1).map((time, index) => time - (times[index] as number));
}

/** The median of the differences; 0 for less than two times. */
function usualSpacing(times: readonly number[]): number {
  const spacings = stepsOf(times);
  return spacings.sort((a, b) => a - b)[spacings.length >> 1] ?? 0;
}
