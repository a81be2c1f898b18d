import type { FrameGrid } from '../../../temporal/contract/media/plan';
import type { SegmentReport } from '../../../temporal/contract/media/reports';
import { levelsBetween } from './check-stretches';

/**
 * An encoder at its cap may show a picture again for one that it cannot pay for, as every codec allows (skipped blocks). A repeated
 * picture proves a fault only where the segment spent less than this share of its cap, or where most of its pictures are nearer to their
 * sources than this share of the distance between neighbouring source pictures. Measured: noise and cellular automata at the lowest rung
 * come to 1.1 to 1.4 of the cap and 0.7 to 1.5 of the distance.
 */
const STARVED = { ofCap: 0.5, ofStep: 0.5 } as const;

/** Segments of a rendition, and the cap that it was encoded with. */
export interface SpentRate {
  segments: readonly Pick<SegmentReport, 'sampleCount' | 'sizeBytes'>[];
  frameRate: FrameGrid['frameRate'];
  maxrateBps: number;
}

/** Whether each frame lies in a segment whose cap leaves too little of the picture to tell it from its neighbours. */
export function starvedFrames(source: readonly Uint8Array[], output: readonly Uint8Array[], spent: SpentRate): boolean[] {
  const { num, den } = spent.frameRate;
  let first = 0;
  return spent.segments.flatMap(({ sampleCount, sizeBytes }) => {
    const bps = (sizeBytes * 8 * num) / (sampleCount * den);
    const frames = Array.from({ length: sampleCount }, (_, index) => first + index).filter((index) => index < output.length);
    first += sampleCount;
    const isAtCap = bps >= STARVED.ofCap * spent.maxrateBps;
    const isStarved = isAtCap && median(frames.map((index) => shareOfStep(source, output, index))) > STARVED.ofStep;
    return Array<boolean>(sampleCount).fill(isStarved);
  });
}

/** The distance of a picture from its source, over that of the source from the nearer of its neighbours. */
function shareOfStep(source: readonly Uint8Array[], output: readonly Uint8Array[], index: number): number {
  const own = source[index] as Uint8Array;
  const neighbours = [source[index - 1], source[index + 1]].filter((frame) => frame !== undefined);
  const step = Math.min(...neighbours.map((frame) => levelsBetween(own, frame)));
  const distance = levelsBetween(own, output[index] as Uint8Array);
  return distance === 0 ? 0 : distance / step;
}

/** The upper one of two middle values; 0 for none. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
