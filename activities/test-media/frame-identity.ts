import { readFile } from 'node:fs/promises';
import { parsePacketScan } from '../../workflows/planning/source/packet-scan';
import type { Fraction } from '../../temporal/contract/media/plan';
import { runTool } from '../media-tools/run-tool';
import { BARCODE_CELLS, BARCODE_HEIGHT_DIVISOR, frameOfCells } from './barcode';

export interface DecodeInput {
  ffmpeg: string;
  path: string;
  /** An existing folder for intermediate files. */
  scratch: string;
}

/** Frames that `matchFrames` compares with, before and after the expected one. */
const MATCH_WINDOW = 14;

/**
 * On real footage an exact copy never comes below 0.74 of its own difference, however still the scene and low the bit
 * rate; with a slip of one frame a quarter of the frames or more come below 0.6.
 */
const CLEARLY_NEARER = 0.6;

const LUMA_SIZE = { width: 64, height: 36 } as const;

/** The frame number that every decoded frame shows, in presentation order; null where the barcode is unreadable. */
export async function readBarcodes(input: DecodeInput): Promise<(number | null)[]> {
  const filter = `crop=iw:ih/${BARCODE_HEIGHT_DIVISOR}-2:0:0,scale=${BARCODE_CELLS}:1:flags=area,format=gray`;
  const rows = await decode(input, filter, BARCODE_CELLS);
  return rows.map(frameOfCells);
}

/** Every decoded frame as a small luma picture, for {@link matchFrames}. */
export function readLuma(input: DecodeInput): Promise<Uint8Array[]> {
  const { width, height } = LUMA_SIZE;
  return decode(input, `scale=${width}:${height}:flags=area,format=gray`, width * height);
}

/**
 * For every output frame the index of the source frame that it shows: its own index, unless another one within 14 frames
 * is clearly nearer (sum of absolute differences). In still footage neighbours are as near as the frame itself, so only a
 * clear difference counts. An exact copy gives 0, 1, 2 and so on.
 */
export function matchFrames(source: readonly Uint8Array[], output: readonly Uint8Array[]): number[] {
  return output.map((frame, index) => {
    const own = sumOfDifferences(source[index], frame);
    let nearest = { candidate: index, difference: CLEARLY_NEARER * own };
    for (let candidate = Math.max(0, index - MATCH_WINDOW); candidate <= index + MATCH_WINDOW; candidate++) {
      const difference = sumOfDifferences(source[candidate], frame, nearest.difference);
      if (difference < nearest.difference) nearest = { candidate, difference };
    }
    return nearest.candidate;
  });
}

/** Presentation timestamps of every packet of the first video track, ascending, and their timebase. */
export async function readPts(input: DecodeInput): Promise<{ timebase: Fraction; pts: number[] }> {
  const { stdout } = await runTool({
    tool: input.ffmpeg,
    args: ['-v', 'error', '-copyts', '-i', input.path, '-map', '0:v:0', '-c', 'copy', '-f', 'framecrc', '-'],
  });
  const { timebase, packets } = parsePacketScan(stdout);
  return {
    timebase,
    pts: packets
      .filter((packet) => !packet.discard)
      .map((packet) => packet.pts)
      .sort((a, b) => a - b),
  };
}

/** What is wrong with a list of frame numbers that should be 0, 1, 2 and so on up to `frameCount`; empty when nothing is. */
export function identityFaults(frames: readonly (number | null)[], frameCount: number): string[] {
  const faults = frames.flatMap((frame, index) => (frame === index ? [] : [`frame ${index} shows ${frame}`]));
  return frames.length === frameCount ? faults : [...faults, `${frames.length} frames instead of ${frameCount}`];
}

async function decode(input: DecodeInput, filter: string, frameBytes: number): Promise<Uint8Array[]> {
  const rawPath = `${input.scratch}/decoded.raw`;
  await runTool({
    tool: input.ffmpeg,
    args: [
      ...['-hide_banner', '-v', 'error', '-y', '-i', input.path, '-map', '0:v:0', '-vf', filter],
      ...['-fps_mode', 'passthrough', '-f', 'rawvideo', rawPath],
    ],
  });
  const raw = await readFile(rawPath);
  return Array.from({ length: Math.floor(raw.length / frameBytes) }, (_, index) =>
    raw.subarray(index * frameBytes, (index + 1) * frameBytes),
  );
}

/** Stops at `limit`; without calls in the loop, because it runs billions of times. */
function sumOfDifferences(a: Uint8Array | undefined, b: Uint8Array, limit = Infinity): number {
  if (a === undefined) return Infinity;
  let sum = 0;
  for (let index = 0; index < b.length && sum < limit; index++) {
    const difference = (a[index] as number) - (b[index] as number);
    sum += difference < 0 ? -difference : difference;
  }
  return sum;
}
