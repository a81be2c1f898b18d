/** A rung of a ladder that an upload brings. Its size is one of two, and holds for pictures of either orientation. */
export interface CustomRung {
  /** Bound on the short side of the picture in pixels, even. */
  shortSide?: number;
  /** Bound on the long side in pixels, even. */
  longSide?: number;
  /** Rate cap in H.264, at any frame rate; other families get the same share of what their own tables say. */
  maxrateBps: number;
}

export const MOST_CUSTOM_RUNGS = 10;
/** In pixels; the largest is that of the families' tables, for whose memory slots are made. */
export const CUSTOM_SHORT_SIDE = { least: 96, most: 2160 } as const;
export const CUSTOM_LONG_SIDE = { least: 128, most: 3840 } as const;

/** A picture as most are, for rungs that name one side. */
const WIDE = { long: 16, short: 9 } as const;
/** H.264 below the first is a blur at any effort; above the second it stores noise. The tables lie between 2 and 4, `archive` at 10. */
const BITS_PER_PIXEL_AND_SECOND = { least: 0.25, most: 12 } as const;

/** The short side in pixels of a rung in a picture of 16:9. */
export function usualShortSide({ shortSide, longSide = 0 }: Pick<CustomRung, 'shortSide' | 'longSide'>): number {
  return shortSide ?? (longSide * WIDE.short) / WIDE.long;
}

/** The rate caps in bits per second that make sense in H.264 for a rung, by its pixels in 16:9. */
export function customRateBounds(rung: Pick<CustomRung, 'shortSide' | 'longSide'>): { leastBps: number; mostBps: number } {
  const pixels = (usualShortSide(rung) ** 2 * WIDE.long) / WIDE.short;
  const toKbps = (bitsPerPixel: number) => Math.round((bitsPerPixel * pixels) / 1000) * 1000;
  return { leastBps: toKbps(BITS_PER_PIXEL_AND_SECOND.least), mostBps: toKbps(BITS_PER_PIXEL_AND_SECOND.most) };
}
