import type { Fraction } from '../../../../temporal/contract/media/plan';
import { reduce } from '../../timeline/frame-rate';
import { sourceInput } from '../source-input';
import { QUIETLY } from '../track-copies';

/** Enough to meet a picture that is reordered. */
const PACKETS_LOOKED_AT = 8;

/** What packets tell without being decoded. */
export interface PacketHead {
  isEncrypted: boolean;
  /** Every packet has a presentation time. */
  isTimed: boolean;
  /** Seconds that a packet lasts by the stream itself; null when it does not say. */
  step: Fraction | null;
  /** Seconds from one decoding time to the next, mostly; null where there are none. It may be many ticks of a container's clock. */
  spacing: Fraction | null;
}

/** ffmpeg arguments that print the packets of a track to stdout, in the form of a packet scan: the first few, or all of them. */
export function packetHeadArgs(sourceUrl: string, videoStreamIndex: number, which: 'first' | 'all'): string[] {
  const count = which === 'first' ? ['-frames:v', String(PACKETS_LOOKED_AT)] : [];
  return [...QUIETLY, ...sourceInput(sourceUrl), '-map', `0:${videoStreamIndex}`, '-c', 'copy', ...count, '-f', 'framecrc', 'pipe:1'];
}

export function parsePacketHead(text: string): PacketHead {
  const [num = 0, den = 0] = (/^#tb 0: (\d+)\/(\d+)/m.exec(text)?.slice(1) ?? []).map(Number);
  const durations = [...text.matchAll(/^0,[^,]+,[^,]+,\s*(\d+),/gm)].map((match) => Number(match[1]));
  const inSeconds = (ticks: number) => (ticks * num > 0 && den > 0 ? reduce({ num: ticks * num, den }) : null);
  const isTimed = !/^0,[^,]+,\s*-9223372036854775808,/m.test(text);
  return {
    isTimed,
    isEncrypted: text.includes('Encryption info'),
    step: inSeconds(durations.at(-1) ?? 0),
    spacing: inSeconds(usualSpacing([...text.matchAll(/^0,\s*(-?\d{1,18}),/gm)].map((match) => Number(match[1])))),
  };
}

/** The median of the differences; 0 for less than two times. */
function usualSpacing(times: readonly number[]): number {
  const spacings = times.slice(1).map((time, index) => time - (times[index] as number));
  return spacings.sort((a, b) => a - b)[spacings.length >> 1] ?? 0;
}
