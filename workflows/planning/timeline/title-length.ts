import type { Fraction } from '../../../temporal/contract/media/plan';

/** Sound that goes on for less than this after the picture is the padding of its codec's last frame. */
const PADDING_US = 100_000;

/** The padding of a codec's last frame is not worth a slot of its own. */
const REST_US = 30_000;

/** Pictures of a title: those of the source, and how many of its slots lie before them. */
interface PictureLength {
  frameRate: Fraction;
  frameCount: number;
  leadSlots?: number;
}

/**
 * Frames of a title: those of the picture, those that hold the first one before it, and as many more, which hold the last one, as the
 * sound goes on behind it. The sound ends `soundEndUs` microseconds after the start of the picture; null for a silent title.
 */
export function titleFrameCount({ frameRate, frameCount, leadSlots = 0 }: PictureLength, soundEndUs: number | null): number {
  return leadSlots + framesFromPicture({ frameRate, frameCount }, soundEndUs);
}

function framesFromPicture({ frameRate, frameCount }: PictureLength, soundEndUs: number | null): number {
  const slotsUntil = (us: number) => (us * frameRate.num) / (frameRate.den * 1_000_000);
  if (soundEndUs === null || slotsUntil(soundEndUs - PADDING_US) <= frameCount) return frameCount;
  return Math.max(frameCount, Math.ceil(slotsUntil(soundEndUs - REST_US)));
}
