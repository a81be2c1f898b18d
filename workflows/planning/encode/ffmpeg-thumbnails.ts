import { spriteName } from '../../../temporal/contract/picture-keys';
import type { FrameGrid, ThumbnailPlan } from '../../../temporal/contract/media/plan';
import type { ImageTrack, PictureSize, ThumbnailRequest } from '../../../temporal/contract/media/pictures';
import { JPEG_ARGS } from './captures';

/** Size of the gray pictures that posters are judged by. */
export const SCORE_SIZE = { width: 160, height: 90 } as const;
export const SCORE_BYTES = SCORE_SIZE.width * SCORE_SIZE.height;

/** Raw file of all gray pictures, one after the other. */
export const SCORES_NAME = 'scores.gray';

/** When nothing else is asked for. */
const USUAL_INTERVAL_MS = 5_000;
const MOST_USUAL_THUMBNAILS = 240;
/** An interval that was asked for, too, is longer in a title that would have more: each is kept at the size of the poster for a while. */
const MOST_THUMBNAILS = 1_200;
const THUMB_SHORT_SIDE = 180;
export const POSTER_SHORT_SIDE = 720;
const SPRITE_COLUMNS = 5;
const SPRITE_ROWS = 5;

/**
 * One capture per interval, at its middle: every 5 s, at most 240 of a title, or as `asked`, at most 1,200; a longer title has them less
 * often. No picture is higher than `mostHeight` pixels.
 */
export function planThumbnails(
  grid: FrameGrid,
  picture: PictureSize,
  { mostHeight = Infinity, asked }: { mostHeight?: number | undefined; asked?: ThumbnailRequest | undefined } = {},
): ThumbnailPlan {
  const { num, den } = grid.frameRate;
  const durationMs = (grid.frameCount * den * 1000) / num;
  const shortestMs = Math.max(asked?.intervalMs ?? USUAL_INTERVAL_MS, (den * 1000) / num);
  const most = asked ? MOST_THUMBNAILS : MOST_USUAL_THUMBNAILS;
  const intervalMs = Math.max(Math.ceil(shortestMs), Math.ceil(durationMs / most / 1000) * 1000);
  const count = Math.max(1, Math.ceil(durationMs / intervalMs));
  const middleOf = (index: number) => {
    const middleMs = (index * intervalMs + Math.min((index + 1) * intervalMs, durationMs)) / 2;
    return Math.min(grid.frameCount - 1, Math.floor((middleMs * num) / (den * 1000)));
  };
  const captureFrames = [...new Set(Array.from({ length: count }, (_, index) => middleOf(index)))];
  const thumb = fitShortSide(picture, THUMB_SHORT_SIDE, mostHeight);
  const poster = fitShortSide(picture, POSTER_SHORT_SIDE, mostHeight);
  return {
    captureFrames,
    intervalMs,
    ...thumb,
    posterWidth: poster.width,
    posterHeight: poster.height,
    columns: Math.min(SPRITE_COLUMNS, captureFrames.length),
    rows: Math.min(SPRITE_ROWS, Math.ceil(captureFrames.length / SPRITE_COLUMNS)),
  };
}

/** Thumbnails of a title that may show no larger ones. */
export function noHigherThan(thumbnails: ThumbnailPlan, mostHeight: number): ThumbnailPlan {
  return { ...thumbnails, ...fitShortSide(thumbnails, Infinity, mostHeight) };
}

/** Rounded up to a millisecond. */
export function gridDurationMs({ frameRate: { num, den }, frameCount }: Pick<FrameGrid, 'frameRate' | 'frameCount'>): number {
  return Math.ceil((frameCount * den * 1000) / num);
}

/** The sheets of a plan as manifests describe them. */
export function imageTrackOf(
  thumbnails: ThumbnailPlan,
  made: { folder: string; durationMs: number; largestSheetBytes: number },
): ImageTrack {
  const { captureFrames, intervalMs, width, height, columns, rows } = thumbnails;
  return { ...made, intervalMs, count: captureFrames.length, width, height, columns, rows };
}

/**
 * ffmpeg arguments that make everything from the captures in `folder`, which are numbered from 1 without gaps: thumbnails,
 * sprite sheets, and the gray pictures of {@link SCORE_SIZE} in {@link SCORES_NAME}.
 */
export function thumbnailArgs(thumbnails: ThumbnailPlan, folder: string): string[] {
  const { width, height, columns, rows } = thumbnails;
  const graph = [
    '[0:v]split=2[large][scored]',
    `[large]scale=${width}:${height},setsar=1,split=2[thumbs][tiled]`,
    `[tiled]tile=${columns}x${rows}[sprites]`,
    `[scored]scale=${SCORE_SIZE.width}:${SCORE_SIZE.height},format=gray[scores]`,
  ];
  const everyFrame = ['-fps_mode', 'passthrough'];
  return [
    ...['-hide_banner', '-nostdin', '-nostats', '-v', 'error', '-y'],
    ...['-f', 'image2', '-i', `${folder}/capture_%03d.jpg`, '-filter_complex', graph.join(';')],
    ...['-map', '[thumbs]', ...everyFrame, ...JPEG_ARGS, `${folder}/thumb_%03d.jpg`],
    ...['-map', '[sprites]', ...everyFrame, ...JPEG_ARGS, `${folder}/sprite_%03d.jpg`],
    ...['-map', '[scores]', ...everyFrame, '-c:v', 'rawvideo', '-f', 'rawvideo', `${folder}/${SCORES_NAME}`],
  ];
}

/** WebVTT that maps time to a rectangle of a sprite sheet (Media Fragments 4.2.2), sheets named as in `spriteName`. */
export function spriteVtt(thumbnails: ThumbnailPlan, durationMs: number): string {
  const { intervalMs, width, height, columns, rows } = thumbnails;
  const cues = thumbnails.captureFrames.map((_, index) => {
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

/** The size of a picture whose shorter side is at most `bound`, and its height at most `mostHeight`: even, as 4:2:0 needs. */
export function fitShortSide({ width, height }: PictureSize, bound: number, mostHeight: number): PictureSize {
  const ratio = Math.min(1, bound / Math.min(width, height), mostHeight / height);
  const even = (pixels: number) => Math.max(2, 2 * Math.round((pixels * ratio) / 2));
  return { width: even(width), height: even(height) };
}

function vttTime(ms: number): string {
  const pad = (value: number, width: number) => String(value).padStart(width, '0');
  const seconds = Math.floor(ms / 1000);
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map((part) => pad(part, 2)).join(':');
  return `${clock}.${pad(ms % 1000, 3)}`;
}
