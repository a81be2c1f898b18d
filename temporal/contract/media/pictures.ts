import type { RunRef } from '../activities';

/** Interval of thumbnails that an upload, a preset or a later call may ask for, in seconds. */
export const SHORTEST_INTERVAL_SECONDS = 1;
export const LONGEST_INTERVAL_SECONDS = 600;

/** How thumbnails of a video are made, as it was asked for. */
export interface ThumbnailRequest {
  /** A long title has them less often, so that there are not too many. */
  intervalMs: number;
}

/** Sheets of thumbnails on the timeline of a generation, as manifests describe them. */
export interface ImageTrack {
  /** Below the folder of the generation, such as `thumbnails`. */
  folder: string;
  intervalMs: number;
  /** Of the title. */
  durationMs: number;
  /** Of thumbnails. */
  count: number;
  /** Of one thumbnail, in pixels. */
  width: number;
  height: number;
  /** Of a sheet; the last one is as large as the others. */
  columns: number;
  rows: number;
  largestSheetBytes: number;
}

export interface PictureSize {
  width: number;
  height: number;
}

/** The poster in several sizes, largest first, each in JPEG and AVIF. */
export interface PosterSet {
  /** Below the folder of the generation. */
  folder: string;
  sizes: PictureSize[];
}

/** A silent film of a few seconds of the title. */
export interface Preview extends PictureSize {
  /** Below the folder of the generation. */
  name: string;
  durationMs: number;
}

/** Pictures of one generation that are stored; what is left out was not made. */
export interface PictureRecord {
  formatVersion: 1;
  generation: number;
  images?: ImageTrack;
  poster?: PosterSet;
  preview?: Preview;
}

/** The poster that a user has chosen, in place of one that the service chooses. */
export type PosterChoice = {
  /** Names its pictures: each choice has its own, since what is public under a name never changes. */
  posterId: string;
} &
  /** The hash and the size are those of the JPEG that was made of the upload. */
  (({ kind: 'upload'; sha256: string } & PictureSize) | { kind: 'time'; atMs: number });

/** Pictures of a published title that are made again. */
export interface PictureOrder extends RunRef {
  /** The choice of poster that the order is about; another one that came later stands. */
  posterId?: string;
  thumbnails?: ThumbnailRequest;
}

/** Number of sheets that hold every thumbnail. */
export function sheetCount({ count, columns, rows }: Pick<ImageTrack, 'count' | 'columns' | 'rows'>): number {
  return Math.ceil(count / (columns * rows));
}
