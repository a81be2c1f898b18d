import { spriteName, thumbName } from '../../temporal/contract/object-keys';
import type { Plan, ThumbnailPlan } from '../../temporal/contract/plan';
import { usToSeconds6 } from './frame-rate';
import { sourceInput } from './source-input';

/** Seeks of one ffmpeg process: each opens the source anew, so this bounds memory and connections. */
export const SEEKS_PER_PROCESS = 16;

/** Size of the gray pictures that posters are judged by. */
export const SCORE_SIZE = { width: 160, height: 90 } as const;

const MOST_THUMBNAILS = 240;
const SHORTEST_INTERVAL_MS = 5_000;
const THUMB_SHORT_SIDE = 180;
const POSTER_SHORT_SIDE = 720;
const SPRITE_COLUMNS = 5;
const SPRITE_ROWS = 5;
/** The key frame lies before the seek, at a negative time: nothing may drop it for that. */
const ONE_FRAME = ['-frames:v', '1', '-fps_mode', 'passthrough'];
const JPEG_QUALITY = ['-c:v', 'mjpeg', '-q:v', '3', '-pix_fmt', 'yuvj420p'];

/** One thumbnail per interval, taken at its middle: every 5 s, or less often so that a long title has at most 240. */
export function planThumbnails(source: { durationMs: number; width: number; height: number }): ThumbnailPlan {
  const { durationMs } = source;
  const intervalMs = Math.max(SHORTEST_INTERVAL_MS, Math.ceil(durationMs / MOST_THUMBNAILS / 1000) * 1000);
  const count = Math.max(1, Math.ceil(durationMs / intervalMs));
  const middleOf = (index: number) => Math.floor((index * intervalMs + Math.min((index + 1) * intervalMs, durationMs)) / 2);
  const thumb = fitShortSide(source, THUMB_SHORT_SIDE);
  const poster = fitShortSide(source, POSTER_SHORT_SIDE);
  return {
    timesMs: Array.from({ length: count }, (_, index) => middleOf(index)),
    intervalMs,
    ...thumb,
    posterWidth: poster.width,
    posterHeight: poster.height,
    columns: Math.min(SPRITE_COLUMNS, count),
    rows: Math.min(SPRITE_ROWS, Math.ceil(count / SPRITE_COLUMNS)),
  };
}

export interface ThumbnailBatch {
  sourceUrl: string;
  plan: Pick<Plan, 'source' | 'thumbnails'>;
  /** 0-based index of the first capture, and how many; at most {@link SEEKS_PER_PROCESS}. */
  firstIndex: number;
  count: number;
  outFolder: string;
}

/** Name of the gray picture beside the thumbnail with the same 1-based number. */
export function scoreName(number: number): string {
  return thumbName(number).replace(/\.jpg$/, '.gray');
}

/**
 * ffmpeg arguments for a batch of captures: per seek one JPEG and one raw gray picture of {@link SCORE_SIZE}. The
 * picture is the key frame before each time, so that little is read and decoded. Throws RangeError for a batch outside of the plan or too large.
 */
export function thumbnailArgs({ sourceUrl, plan, firstIndex, count, outFolder }: ThumbnailBatch): string[] {
  const { thumbnails } = plan;
  const timesMs = thumbnails.timesMs.slice(firstIndex, firstIndex + count);
  if (timesMs.length !== count || count < 1 || count > SEEKS_PER_PROCESS) throw new RangeError('not a batch of this plan');
  const graph = timesMs.map((_, index) => captureGraph(plan, index)).join(';');
  const outputs = timesMs.flatMap((_, index) => {
    const number = firstIndex + index + 1;
    return [
      ...['-map', `[t${index}]`, ...ONE_FRAME, ...JPEG_QUALITY, ...singleImage(`${outFolder}/${thumbName(number)}`)],
      ...['-map', `[g${index}]`, ...ONE_FRAME, '-c:v', 'rawvideo', '-f', 'rawvideo', `${outFolder}/${scoreName(number)}`],
    ];
  });
  return [...GLOBAL, ...timesMs.flatMap((timeMs) => keyFrameInput(sourceUrl, plan, timeMs)), '-filter_complex', graph, ...outputs];
}

/** ffmpeg arguments for the poster: the same key frame as the capture at `timeMs`, in poster size. */
export function posterArgs(input: {
  sourceUrl: string;
  plan: Pick<Plan, 'source' | 'thumbnails'>;
  timeMs: number;
  outPath: string;
}): string[] {
  const { posterWidth, posterHeight } = input.plan.thumbnails;
  return [
    ...GLOBAL,
    ...keyFrameInput(input.sourceUrl, input.plan, input.timeMs),
    ...['-map', `0:${input.plan.source.video.streamIndex}`, '-vf', `scale=${posterWidth}:${posterHeight},setsar=1`],
    ...[...ONE_FRAME, ...JPEG_QUALITY, ...singleImage(input.outPath)],
  ];
}

/** Number of sprite sheets that hold every thumbnail. */
export function countSprites(thumbnails: ThumbnailPlan): number {
  return Math.ceil(thumbnails.timesMs.length / (thumbnails.columns * thumbnails.rows));
}

/** ffmpeg arguments that tile the thumbnails of the 0-based sheet `sheetIndex`, which lie in `thumbFolder` without gaps. */
export function spriteArgs(input: { thumbnails: ThumbnailPlan; sheetIndex: number; thumbFolder: string; outPath: string }): string[] {
  const { thumbnails, sheetIndex, thumbFolder, outPath } = input;
  const { columns, rows } = thumbnails;
  const first = sheetIndex * columns * rows + 1;
  return [
    ...GLOBAL,
    ...['-f', 'image2', '-start_number', String(first), '-i', `${thumbFolder}/thumb_%03d.jpg`],
    ...['-vf', `tile=${columns}x${rows}`, ...ONE_FRAME, ...JPEG_QUALITY, ...singleImage(outPath)],
  ];
}

/** WebVTT that maps time to a rectangle of a sprite sheet (Media Fragments 4.2.2), sheets named as in `spriteName`. */
export function spriteVtt(thumbnails: ThumbnailPlan, durationMs: number): string {
  const { intervalMs, width, height, columns, rows } = thumbnails;
  const cues = thumbnails.timesMs.map((_, index) => {
    const cell = index % (columns * rows);
    const sheet = spriteName(Math.floor(index / (columns * rows)) + 1);
    const x = (cell % columns) * width;
    const y = Math.floor(cell / columns) * height;
    const startMs = index * intervalMs;
    const endMs = Math.max(startMs + 1, Math.min(startMs + intervalMs, durationMs));
    return `${vttTime(startMs)} --> ${vttTime(endMs)}\n${sheet}#xywh=${x},${y},${width},${height}\n`;
  });
  return `WEBVTT\n\n${cues.join('\n')}`;
}

const GLOBAL = ['-hide_banner', '-nostdin', '-nostats', '-v', 'error', '-benchmark', '-y'];

function keyFrameInput(sourceUrl: string, plan: Pick<Plan, 'source'>, timeMs: number): string[] {
  const { video, startTimeUs } = plan.source;
  const firstUs = Math.round((video.firstPts * video.timebase.num * 1_000_000) / video.timebase.den);
  const seekUs = Math.max(0, firstUs - startTimeUs + timeMs * 1000);
  // Without `-skip_frame nokey`: with it, the H.264 decoder gives key frames of an open GOP out of order.
  return ['-threads', '1', '-noaccurate_seek', '-ss', usToSeconds6(seekUs), ...sourceInput(sourceUrl)];
}

function captureGraph(plan: Pick<Plan, 'source' | 'thumbnails'>, index: number): string {
  const { width, height } = plan.thumbnails;
  const source = `[${index}:${plan.source.video.streamIndex}]`;
  return [
    `${source}scale=${width}:${height},setsar=1,split=2[t${index}][u${index}]`,
    `[u${index}]scale=${SCORE_SIZE.width}:${SCORE_SIZE.height},format=gray[g${index}]`,
  ].join(';');
}

function singleImage(path: string): string[] {
  return ['-f', 'image2', '-update', '1', path];
}

function fitShortSide({ width, height }: { width: number; height: number }, bound: number): { width: number; height: number } {
  const ratio = Math.min(1, bound / Math.min(width, height));
  const even = (pixels: number) => Math.max(2, 2 * Math.round((pixels * ratio) / 2));
  return { width: even(width), height: even(height) };
}

function vttTime(ms: number): string {
  const pad = (value: number, width: number) => String(value).padStart(width, '0');
  const seconds = Math.floor(ms / 1000);
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map((part) => pad(part, 2)).join(':');
  return `${clock}.${pad(ms % 1000, 3)}`;
}
