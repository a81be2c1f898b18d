/** Places of a watermark in the picture. */
export const WATERMARK_POSITIONS = [
  'top-left',
  'top',
  'top-right',
  'left',
  'center',
  'right',
  'bottom-left',
  'bottom',
  'bottom-right',
] as const;

export type WatermarkPosition = (typeof WATERMARK_POSITIONS)[number];

/** How a watermark is drawn, as an upload or a preset says it. */
export interface WatermarkChoice {
  watermarkId: string;
  position: WatermarkPosition;
  /** Distance from the edges that it stands at, in percent of the shorter side of the picture. */
  marginPercent: number;
  /** It is as large as fits into this share of the width and of the height of the picture. */
  sizePercent: number;
  /** 1 draws it as it is. */
  opacity: number;
}

/** A watermark as it is recorded with a video and in its plan: with the raster, which never changes under its key. */
export interface Watermark extends WatermarkChoice {
  /** Of the raster, a PNG in the bucket of originals. */
  key: string;
  sha256: string;
  /** Size of the raster, in pixels. */
  width: number;
  height: number;
}

/** Longest side of a raster, in pixels: enough for half the width of a 2160p picture, and drawn from once for every chunk. */
export const RASTER_LONGEST_SIDE = 2048;

/** Whether the mark and its margin fit into a picture. */
export function fitsPicture({ sizePercent, marginPercent }: Pick<WatermarkChoice, 'sizePercent' | 'marginPercent'>): boolean {
  return sizePercent + marginPercent <= 100;
}
