import type { FrameGrid } from '../../../temporal/contract/media/plan';
import { SCORE_BYTES, SCORE_SIZE } from '../encode/ffmpeg-thumbnails';
import { JPEG_ARGS } from '../encode/captures';

/** Pictures that are looked at for each second: enough to see a dissolve of half a second. */
const LOOKS_PER_SECOND = 5;

/** A batch is a minute: 4 MB of raw pictures. */
export const LOOKS_PER_BATCH = 60 * LOOKS_PER_SECOND;

/** Raw file of the gray pictures of a batch, one after the other, of the size that posters are judged by. */
export const LOOKS_NAME = 'looks.gray';

/** A picture is compared with those so many looks before and after it. */
const REACH = 2;

/** Levels by which a pixel must change from before to after to count as changed. */
const CHANGED_LEVELS = 16;
/** Below this share of changed pixels nothing has come or gone as a whole. */
const LEAST_CHANGED = 0.25;
/** How far a picture may be from a mixture of the two, as a share of their difference: 0.02 to 0.1 in dissolves, above 0.4 in motion. */
const MOST_RESIDUAL = 0.2;
/** Shares of the earlier picture at which both are seen. */
const LEAST_SHARE = 0.1;
const MOST_SHARE = 0.9;

/** What a look at a title found. */
export interface Moment {
  /** Of the title. */
  frame: number;
  /** Mean absolute difference to the look before, in levels; 0 for the first. */
  motion: number;
  /** Mean level. */
  light: number;
  /** A mixture of the pictures before and after: a dissolve, or a fade. */
  isTransition: boolean;
}

/** Frames from one look to the next. */
export function lookStep({ frameRate: { num, den } }: Pick<FrameGrid, 'frameRate'>): number {
  return Math.max(1, Math.round(num / den / LOOKS_PER_SECOND));
}

/** Pictures that are taken on the way, by their frames in the file, in files named as captures from `firstNumber` on. */
export interface TakenFrames {
  frames: readonly number[];
  firstNumber: number;
  width: number;
  height: number;
}

/**
 * ffmpeg arguments that decode the video at `path` once: every `step`-th frame of the title becomes a gray picture in {@link LOOKS_NAME},
 * and the `taken` frames become JPEGs. `startFrame` is that of the file.
 */
export function watchArgs(
  path: string,
  { startFrame, step, taken }: { startFrame: number; step: number; taken: TakenFrames | null },
): string[] {
  // `n` counts the frames of this file.
  const looks = `select='not(mod(n+${startFrame},${step}))',scale=${SCORE_SIZE.width}:${SCORE_SIZE.height}:flags=area,format=gray[looks]`;
  const isTaken = taken?.frames.map((frame) => `eq(n,${frame})`).join('+');
  const graph = taken
    ? [`[0:v]split=2[a][b]`, `[a]${looks}`, `[b]select='${isTaken}',scale=${taken.width}:${taken.height},setsar=1[taken]`]
    : [`[0:v]${looks}`];
  return [
    ...['-hide_banner', '-nostdin', '-nostats', '-v', 'error', '-y', '-i', path, '-filter_complex', graph.join(';')],
    ...['-map', '[looks]', '-fps_mode', 'passthrough', '-f', 'rawvideo', LOOKS_NAME],
    ...(taken
      ? ['-map', '[taken]', '-fps_mode', 'passthrough', ...JPEG_ARGS, '-start_number', String(taken.firstNumber), 'capture_%03d.jpg']
      : []),
  ];
}

/** Takes the gray pictures of a title in their order and tells what it sees. It keeps five of them. */
export class Watcher {
  private readonly seen: Moment[] = [];
  private readonly planes: Uint8Array[] = [];

  constructor(private readonly step: number) {}

  /** Throws RangeError when the bytes are not those of a picture. */
  look(plane: Uint8Array): void {
    if (plane.byteLength !== SCORE_BYTES) throw new RangeError('not a picture of this size');
    const before = this.planes.at(-1);
    const motion = before ? meanDifference(before, plane) : 0;
    this.seen.push({ frame: this.seen.length * this.step, motion, light: mean(plane), isTransition: false });
    this.planes.push(plane);
    if (this.planes.length > 2 * REACH + 1) this.planes.shift();
    const middle = this.seen.at(-1 - REACH);
    if (middle && this.planes.length === 2 * REACH + 1) {
      middle.isTransition = isMixture(this.planes[REACH]!, { before: this.planes[0]!, after: this.planes[2 * REACH]! });
    }
  }

  get moments(): readonly Moment[] {
    return this.seen;
  }
}

/** Whether a picture shows the one before and the one after at once, as far as these differ. */
export function isMixture(plane: Uint8Array, { before, after }: { before: Uint8Array; after: Uint8Array }): boolean {
  let changed = 0;
  let along = 0;
  let square = 0;
  for (let at = 0; at < plane.length; at++) {
    const difference = before[at]! - after[at]!;
    if (Math.abs(difference) < CHANGED_LEVELS) continue;
    changed += 1;
    along += (plane[at]! - after[at]!) * difference;
    square += difference * difference;
  }
  if (changed < LEAST_CHANGED * plane.length) return false;
  const share = along / square;
  if (share < LEAST_SHARE || share > MOST_SHARE) return false;
  let residual = 0;
  let whole = 0;
  for (let at = 0; at < plane.length; at++) {
    const difference = before[at]! - after[at]!;
    if (Math.abs(difference) < CHANGED_LEVELS) continue;
    residual += Math.abs(plane[at]! - after[at]! - share * difference);
    whole += Math.abs(difference);
  }
  return residual <= MOST_RESIDUAL * whole;
}

/** Whether the look nearest to a frame is in a transition; false where there is none. */
export function isInTransition(moments: readonly Moment[], frame: number): boolean {
  const step = moments[1]?.frame ?? 1;
  const nearest = moments[Math.min(moments.length - 1, Math.round(frame / step))];
  return nearest?.isTransition ?? false;
}

function meanDifference(one: Uint8Array, other: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at++) sum += Math.abs(one[at]! - other[at]!);
  return sum / one.length;
}

function mean(plane: Uint8Array): number {
  let sum = 0;
  for (const level of plane) sum += level;
  return sum / plane.length;
}
