/**
 * A picture is black when no pixel of its signature is lighter than `luma` (0 to 255), and wrongly so when its source is lighter
 * by `lighterBy` levels on average. With the rates of the ladder, exact output came to 0.2; a starved encoder is late in a
 * fade by 5.
 */
const BLACK = { luma: 16, lighterBy: 6 } as const;

/**
 * A stretch stands still when no frame is further than `still` levels a pixel from its first one, and wrongly so when the source
 * goes further than `moved`. With the rates of the ladder, exact output came to 1.3 (noise); a starved encoder leaves 4.8 out.
 */
const FROZEN = { frames: 8, still: 0.25, moved: 6 } as const;

/**
 * Whether the output has a black or a frozen stretch that its source does not have, by the signatures of both, frame by frame.
 * A source that is black or still itself passes, and so do `starved` frames that stand still. Returns the problem, or null.
 */
export function checkStretches(
  source: readonly Uint8Array[],
  output: readonly Uint8Array[],
  starved: readonly boolean[] = [],
): string | null {
  return blackStretch(source, output) ?? frozenStretch(source, output, starved);
}

function blackStretch(source: readonly Uint8Array[], output: readonly Uint8Array[]): string | null {
  const wronglyBlack = (frame: Uint8Array, index: number) =>
    frame.every((luma) => luma <= BLACK.luma) && mean(source[index] as Uint8Array) - mean(frame) > BLACK.lighterBy;
  const first = output.findIndex(wronglyBlack);
  if (first < 0) return null;
  const rest = output.slice(first).findIndex((frame, index) => !wronglyBlack(frame, first + index));
  return `frames ${first} to ${rest < 0 ? output.length - 1 : first + rest - 1} are black, those of the source are not`;
}

function frozenStretch(source: readonly Uint8Array[], output: readonly Uint8Array[], starved: readonly boolean[]): string | null {
  let first = 0;
  for (let index = 1; index <= output.length; index++) {
    const frame = output[index];
    if (frame && levelsBetween(output[first] as Uint8Array, frame) <= FROZEN.still) continue;
    const isExplained = starved.length > 0 && starved.slice(first, index).every(Boolean);
    if (!isExplained && index - first >= FROZEN.frames && greatestChange(source.slice(first, index)) > FROZEN.moved) {
      return `frames ${first} to ${index - 1} stand still, those of the source move`;
    }
    first = index;
  }
  return null;
}

/** From the first picture to any other, in levels a pixel. */
function greatestChange([first, ...others]: readonly Uint8Array[]): number {
  return Math.max(0, ...others.map((frame) => levelsBetween(first as Uint8Array, frame)));
}

/** Mean of the differences of all pixels. */
export function levelsBetween(a: Uint8Array, b: Uint8Array): number {
  let sum = 0;
  for (let index = 0; index < b.length; index++) sum += Math.abs((a[index] as number) - (b[index] as number));
  return sum / b.length;
}

function mean(frame: Uint8Array): number {
  return frame.reduce((sum, luma) => sum + luma, 0) / frame.length;
}
