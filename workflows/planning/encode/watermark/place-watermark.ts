import type { Watermark, WatermarkPosition } from '../../../../temporal/contract/media/watermark';

/** In pixels, from the top left corner. */
export interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface PictureSize {
  width: number;
  height: number;
}

type Edge = 'start' | 'middle' | 'end';

const EDGES: Record<WatermarkPosition, readonly [x: Edge, y: Edge]> = {
  'top-left': ['start', 'start'],
  top: ['middle', 'start'],
  'top-right': ['end', 'start'],
  left: ['start', 'middle'],
  center: ['middle', 'middle'],
  right: ['end', 'middle'],
  'bottom-left': ['start', 'end'],
  bottom: ['middle', 'end'],
  'bottom-right': ['end', 'end'],
};

/** Where a watermark lies in a picture. Places and sizes are even, as samples of chroma are shared by two by two pixels. */
export function placeWatermark(watermark: Omit<Watermark, 'key' | 'sha256' | 'watermarkId'>, picture: PictureSize): Area {
  const { sizePercent, marginPercent, position } = watermark;
  const margin = even((Math.min(picture.width, picture.height) * marginPercent) / 100, Math.round);
  const factor = (sizePercent / 100) * Math.min(picture.width / watermark.width, picture.height / watermark.height);
  const width = sideOf(watermark.width * factor, picture.width - margin);
  const height = sideOf(watermark.height * factor, picture.height - margin);
  const [x, y] = EDGES[position];
  return { x: startOf(x, picture.width - width, margin), y: startOf(y, picture.height - height, margin), width, height };
}

function sideOf(pixels: number, room: number): number {
  return Math.max(2, Math.min(even(pixels, Math.round), even(room, Math.floor)));
}

function startOf(edge: Edge, room: number, margin: number): number {
  const start = { start: margin, middle: even(room / 2, Math.floor), end: room - margin }[edge];
  return Math.max(0, even(start, Math.floor));
}

function even(pixels: number, round: (value: number) => number): number {
  return 2 * round(pixels / 2);
}
