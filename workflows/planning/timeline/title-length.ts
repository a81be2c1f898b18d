import type { Fraction } from '../../../temporal/contract/media/plan';

/** Sound that goes on for less than this after the picture is the padding of its codec's last frame. */
const PADDING_US = 100_000;

/** The padding of a codec's last frame is not worth a slot of its own. */
const REST_US = 30_000;

/**
 * Frames of a title: those of the picture, or as many more, which hold the last picture, as the sound goes on behind it. The sound
 * ends `soundEndUs` microseconds after the start of the picture; null for a silent title.
 */
export function titleFrameCount(picture: { frameRate: Fraction; frameCount: number }, soundEndUs: number | null): number {
  const { frameRate, frameCount } = picture;
  const slotsUntil = (us: number) => (us * frameRate.num) / (frameRate.den * 1_000_000);
  if (soundEndUs === null || slotsUntil(soundEndUs - PADDING_US) <= frameCount) return frameCount;
  return Math.max(frameCount, Math.ceil(slotsUntil(soundEndUs - REST_US)));
}
