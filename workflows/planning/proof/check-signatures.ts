/** Frames that an output frame is compared with, before and after its own. An encoder that reorders wrongly stays within. */
const WINDOW = 8;

/**
 * Bars, measured on real footage and generated pictures (noise, fades, stills, a moving cursor, chaos at a starved bit
 * rate) with the rates of the ladder. An exact copy never comes below 0.40 of its own difference where the difference
 * counts, and never stays below 0.6 towards the same neighbour for more than two frames: a codec that repeats old
 * blocks is near older frames now and then, but not at one steady distance.
 */
const SINGLE = { nearer: 0.35, levels: 0.25 } as const;
const STEADY = { nearer: 0.6, levels: 0.0625, frames: 4 } as const;

/** A picture repeats another where the outputs of both differ by less than this share of what their sources differ by. */
const REPEATED = 0.5;

/** Another frame that is nearer to an output frame than its own one; differences are sums over all pixels. */
interface Rival {
  /** Its distance in frames; negative for an earlier one. */
  offset: number;
  difference: number;
  own: number;
}

/** A frame that does not show its own source frame, by the bars. */
interface Fault {
  problem: string;
  /** It repeats a frame beside it, which an encoder without bits does as well. */
  isRepeat: boolean;
}

/**
 * Whether every output frame shows its own source frame. In still footage neighbours are as near as the frame itself, so
 * only a clear difference counts: at once when it is large, or when it lasts. Where frames are `starved`, those that are repeated count only
 * beside a fault of another kind: a slip that goes on shows others than the ones before. Returns the problem, or null.
 */
export function checkSignatures(
  source: readonly Uint8Array[],
  output: readonly Uint8Array[],
  starved: readonly boolean[] = [],
): string | null {
  if (source.length !== output.length) return `${output.length} frames came out of ${source.length}`;
  const faults = faultsOf(source, output);
  const isProved = faults.some(({ index, isRepeat }) => !(isRepeat && starved[index]));
  return isProved ? (faults[0]?.problem ?? null) : null;
}

function faultsOf(source: readonly Uint8Array[], output: readonly Uint8Array[]): (Fault & { index: number })[] {
  const faults: (Fault & { index: number })[] = [];
  let steadyFrames = 0;
  let steadyOffset = 0;
  for (const [index, frame] of output.entries()) {
    const rival = nearestRival(source, frame, index);
    const steady = rival !== null && counts(rival, STEADY, frame.length);
    steadyFrames = steady ? (rival.offset === steadyOffset ? steadyFrames + 1 : 1) : 0;
    steadyOffset = rival?.offset ?? 0;
    if (!rival) continue;
    const isRepeat = repeats(source, output, index, index + rival.offset);
    if (counts(rival, SINGLE, frame.length))
      faults.push({ index, isRepeat, problem: `frame ${index} shows frame ${index + rival.offset}` });
    else if (steadyFrames >= STEADY.frames) {
      faults.push({ index, isRepeat, problem: `frames up to ${index} show those ${steadyOffset} later` });
    }
  }
  return faults;
}

function repeats(source: readonly Uint8Array[], output: readonly Uint8Array[], one: number, other: number): boolean {
  const between = (frames: readonly Uint8Array[]) => sumOfDifferences(frames[one] as Uint8Array, frames[other] as Uint8Array, Infinity);
  return between(output) < REPEATED * between(source);
}

function counts({ difference, own }: Rival, bar: { nearer: number; levels: number }, pixels: number): boolean {
  return difference < bar.nearer * own && own - difference > bar.levels * pixels;
}

/** The nearest of the frames around, or null when none is nearer by the wider bar. */
function nearestRival(source: readonly Uint8Array[], frame: Uint8Array, index: number): Rival | null {
  const own = sumOfDifferences(source[index] as Uint8Array, frame, Infinity);
  let nearest: Rival | null = null;
  let limit = STEADY.nearer * own;
  const last = Math.min(source.length - 1, index + WINDOW);
  for (let candidate = Math.max(0, index - WINDOW); candidate <= last; candidate++) {
    const difference = sumOfDifferences(source[candidate] as Uint8Array, frame, limit);
    if (difference >= limit) continue;
    limit = difference;
    nearest = { offset: candidate - index, difference, own };
  }
  return nearest;
}

/** Stops at `limit`; without calls in the loop, because it runs millions of times a chunk. */
function sumOfDifferences(a: Uint8Array, b: Uint8Array, limit: number): number {
  let sum = 0;
  for (let index = 0; index < b.length && sum < limit; index++) {
    const difference = (a[index] as number) - (b[index] as number);
    sum += difference < 0 ? -difference : difference;
  }
  return sum;
}
