import type { Refusal } from '../probed-container';
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
/** Behind the last packet of any source that is accepted. */
const NEVER = 1e9;

/** ffmpeg says so when it takes a jump of times for a clock that starts again. */
export function tellsOfJump(line: string): boolean {
  return line.includes('timestamp discontinuity');
}

/** ffprobe arguments that write the decoding times of all packets to a file, a line each: index of the stream, time in ticks and in seconds. */
export function decodingTimesArgs(sourceUrl: string, outPath: string): string[] {
  return ['-v', 'error', '-show_entries', 'packet=stream_index,dts,dts_time', '-of', 'csv=p=0', '-o', outPath, ...sourceInput(sourceUrl)];
}

/** Times that go back by less come from rounding, or from packets that a decoder wants early. */
const RESTART_SECONDS = 1;

export const CLOCK_RESTARTS: Refusal = { refused: 'SourceUnsupported', message: 'The clock of the file starts again in the middle.' };

/** Whether the decoding times of a stream go back, as where files were joined. `text` is what {@link decodingTimesArgs} leaves. */
export function goesBack(text: string): boolean {
  const latest = new Map<string, number>();
  for (const [, stream = '', time] of text.matchAll(/^(\d+),-?\d+,(-?[\d.]+)/gm)) {
    const before = latest.get(stream) ?? -Infinity;
    if (Number(time) < before - RESTART_SECONDS) return true;
    latest.set(stream, Math.max(before, Number(time)));
  }
  return false;
}

/** What has to be taken back so that a source runs on one clock. */
export interface OneClock {
  slips: ClockSlips;
  /** How often the clock starts again; 0 where times are damaged only. */
  joints: number;
}

/**
 * The slips of a source in which every jump is undone within moments, which is a damaged time stamp, or in which all streams jump alike,
 * which is a recording joined to another. There the picture goes on at its usual step, and the sound where it is beside its picture. Null
 * for any other jump. `text` is what {@link decodingTimesArgs} leaves, of 90 kHz streams; the first of `streamIndexes` is the picture.
 */
export function oneClock(text: string, streamIndexes: readonly number[]): OneClock | null {
  const times = timesByStream(text);
  const jumps = streamIndexes.map((index) => ({ index, found: jumpsOf(times.get(index) ?? []) }));
  const all = jumps.flatMap(({ found }) => found);
  const slipsOf = (make: (found: Jump[]) => ClockSlip[]): ClockSlips =>
    new Map(jumps.filter(({ found }) => found.length > 0).map(({ index, found }) => [index, make(found)]));
  if (all.every(({ end }) => end !== null)) {
    return { slips: slipsOf((found) => found.map(({ from, end, ticks }) => ({ from, end: end ?? from, ticks }))), joints: 0 };
  }
  const ofPicture = jumps[0]?.found ?? [];
  const areJoints = jumps.every(
    ({ found }) => found.length === ofPicture.length && found.every((jump, index) => isAlike(jump, ofPicture[index])),
  );
  if (!areJoints) return null;
  const behind = ofPicture.map((_, joint) => ofPicture.slice(0, joint + 1).reduce((sum, { ticks }) => sum + ticks, 0));
  const slips = slipsOf((found) =>
    found.map(({ from }, joint) => ({ from, end: found[joint + 1]?.from ?? NEVER, ticks: behind[joint] as number })),
  );
  return { slips, joints: ofPicture.length };
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

/** A step that is not the usual one, by `ticks`, at packet `from`; `end` is the packet at which it is undone, if it soon is. */
interface Jump {
  from: number;
  end: number | null;
  ticks: number;
}

function isAlike(jump: Jump, other: Jump | undefined): boolean {
  return other !== undefined && jump.end === null && other.end === null && Math.abs(jump.ticks - other.ticks) < JUMP_TICKS;
}

/** Packets without a time are passed over, and counted. */
function jumpsOf(times: readonly number[]): Jump[] {
  const timed = times.flatMap((time, packet) => (Number.isNaN(time) ? [] : [{ time, packet }]));
  const steps = timed.slice(1).map(({ time }, index) => time - (timed[index] as { time: number }).time);
  const usual = [...steps].sort((a, b) => a - b)[steps.length >> 1] ?? 0;
  const jumps: Jump[] = [];
  for (let index = 0; index < steps.length; index++) {
    const ticks = (steps[index] as number) - usual;
    if (Math.abs(ticks) < JUMP_TICKS) continue;
    const back = steps.slice(index + 1, index + 1 + MOST_PACKETS).findIndex((step) => Math.abs(step - usual + ticks) < JUMP_TICKS);
    const from = timed[index + 1]?.packet ?? 0;
    jumps.push({ from, end: back < 0 ? null : (timed[index + 2 + back]?.packet ?? times.length), ticks });
    if (back >= 0) index += back + 1;
  }
  return jumps;
}
