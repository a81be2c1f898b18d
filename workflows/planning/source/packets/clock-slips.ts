import { sourceInput } from '../source-input';

/** Packets of a stream whose times are off, and by how much: `from` counts from 0, the end is exclusive. */
export interface ClockSlip {
  from: number;
  end: number;
  ticks: number;
}

/** Slips by the index of the stream in its container. */
export type ClockSlips = ReadonlyMap<number, readonly ClockSlip[]>;

/** Ticks a second of MPEG transport and programme streams (ISO/IEC 13818-1 2.4.3.7). */
const TICKS_PER_SECOND = 90_000;
/** Steps between packets that differ from the usual one by less are jitter, rounding or a small loss. */
const JUMP_TICKS = 0.5 * TICKS_PER_SECOND;
/** A wrong time concerns one PES packet, which holds some dozens of packets of sound at most. */
const MOST_PACKETS = 64;

/** ffmpeg says so when it takes a jump of times for a clock that starts again. */
export function tellsOfJump(line: string): boolean {
  return line.includes('timestamp discontinuity');
}

/** ffprobe arguments that write the decoding times of all packets to a file, a line each: index of the stream, time. */
export function decodingTimesArgs(sourceUrl: string, outPath: string): string[] {
  return ['-v', 'error', '-show_entries', 'packet=stream_index,dts', '-of', 'csv=p=0', '-o', outPath, ...sourceInput(sourceUrl)];
}

/**
 * The slips of a source with one clock, whose jumps are all undone within moments: time stamps that were damaged. Null when any jump stays,
 * as where recordings are joined. `text` is what {@link decodingTimesArgs} leaves, of 90 kHz streams.
 */
export function clockSlips(text: string, streamIndexes: readonly number[]): ClockSlips | null {
  const slips = new Map<number, ClockSlip[]>();
  for (const [index, times] of timesByStream(text)) {
    if (!streamIndexes.includes(index)) continue;
    const found = slipsOf(times);
    if (found === null) return null;
    if (found.length > 0) slips.set(index, found);
  }
  return slips;
}

/** A bitstream filter that takes slips back; times that a packet does not have stay so. */
export function slipFilter(slips: readonly ClockSlip[]): string {
  const offset = slips.map(({ from, end, ticks }) => `between(N,${from},${end - 1})*(${ticks})`).join('+');
  return `setts=pts='PTS-(${offset})':dts='DTS-(${offset})'`;
}

function timesByStream(text: string): Map<number, number[]> {
  const streams = new Map<number, number[]>();
  for (const [, stream, time] of text.matchAll(/^(\d+),(-?\d+|N\/A)/gm)) {
    const index = Number(stream);
    const times = streams.get(index) ?? [];
    times.push(Number(time));
    streams.set(index, times);
  }
  return streams;
}

/** Packets without a time are passed over, and counted. */
function slipsOf(times: readonly number[]): ClockSlip[] | null {
  const timed = times.flatMap((time, packet) => (Number.isNaN(time) ? [] : [{ time, packet }]));
  const steps = timed.slice(1).map(({ time }, index) => time - (timed[index] as { time: number }).time);
  const usual = [...steps].sort((a, b) => a - b)[steps.length >> 1] ?? 0;
  const slips: ClockSlip[] = [];
  for (let index = 0; index < steps.length; index++) {
    const ticks = (steps[index] as number) - usual;
    if (Math.abs(ticks) < JUMP_TICKS) continue;
    const back = steps.slice(index + 1, index + 1 + MOST_PACKETS).findIndex((step) => Math.abs(step - usual + ticks) < JUMP_TICKS);
    if (back < 0) return null;
    const [first, next] = [timed[index + 1], timed[index + 2 + back]];
    slips.push({ from: first?.packet ?? 0, end: next?.packet ?? times.length, ticks });
    index += back + 1;
  }
  return slips;
}
