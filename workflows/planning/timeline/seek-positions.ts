import type { FrameTimes, SourceFacts } from '../../../temporal/contract/media/plan';
import { titleSlotOf } from './timeline';

/** The facts of a source that a seek depends on. */
export interface SeekSource {
  /** Start time of the container; input seeks are relative to it. */
  startTimeUs: number;
  video: Pick<SourceFacts['video'], 'timebase' | 'firstPts' | 'leadSlots' | 'frameRate' | 'cadence' | 'keyFramesUnmarked'>;
}

/** How a decoder gets to a frame. */
export interface Seek {
  /** Input seek, in microseconds after the container's start; 0, meaning no seek, for the first frame. */
  seekUs: number;
  /** Frames from the key frame before it, which are decoded and not wanted. */
  prerollFrames: number;
  /** Slot of the last picture, where the frame lies behind it. */
  heldSlot?: number;
}

/**
 * Seeks to the frame of a slot: halfway between the source frame that fills the
 * slot and the one before it, by their real timestamps. So the first frame that the decoder keeps is the wanted one,
 * whatever the source's GOP and the rounding of its timestamps. Where the container does not tell key frames from others, the seek goes to
 * the key frame itself, and the frames behind it are cut off by their times. The returned function throws RangeError outside of the source.
 */
export function seekPositions(source: SeekSource, { pts: sortedPts, keyFramePts }: FrameTimes): (frame: number) => Seek {
  const { timebase, firstPts, leadSlots = 0, cadence, keyFramesUnmarked } = source.video;
  const sourceIndexOf = (frame: number) =>
    cadence === 'constant' ? frame - leadSlots : lastIndexWhere(sortedPts, (pts) => titleSlotOf(pts, source.video) <= frame);
  return (frame) => {
    // Slots before the first frame show it.
    const index = Math.max(0, sourceIndexOf(frame));
    const wanted = sortedPts[index];
    if (wanted === undefined) throw new RangeError(`frame ${frame} is not in the source`);
    const keyPts = keyFramePts[lastIndexWhere(keyFramePts, (pts) => pts <= wanted)] ?? firstPts;
    const target = keyFramesUnmarked ? keyPts : wanted;
    const before = lastIndexWhere(sortedPts, (pts) => pts < target);
    const ticks = ((sortedPts[before] ?? target) + target) / 2;
    return {
      seekUs: before < 0 ? 0 : Math.max(0, Math.round((ticks * timebase.num * 1_000_000) / timebase.den) - source.startTimeUs),
      prerollFrames: index - lastIndexWhere(sortedPts, (pts) => pts <= keyPts),
    };
  };
}

/** The same, with every frame behind the last picture showing that one. */
export function heldAfter(source: SeekSource, { pts }: FrameTimes, seekOfFrame: (frame: number) => Seek): (frame: number) => Seek {
  const lastSlot = titleSlotOf(pts.at(-1) ?? source.video.firstPts, source.video);
  return (frame) => (frame > lastSlot ? { ...seekOfFrame(lastSlot), heldSlot: lastSlot } : seekOfFrame(frame));
}

/** Last index of an ascending list for which the monotonic test holds; -1 when it never does. */
function lastIndexWhere(sorted: readonly number[], test: (value: number) => boolean): number {
  let low = -1;
  let high = sorted.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (test(sorted[middle] as number)) low = middle;
    else high = middle;
  }
  return low;
}
