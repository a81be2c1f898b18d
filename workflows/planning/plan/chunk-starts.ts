/** Segments to be shared out among chunks whose lengths differ by one segment at most. */
export interface SegmentShares {
  segmentCount: number;
  /** From 1 to `segmentCount`. */
  chunkCount: number;
}

/** First segment of every chunk, longer chunks before shorter ones: when the last chunks run, no slot is left with a long one. */
export function longerFirst({ segmentCount, chunkCount }: SegmentShares): number[] {
  const { shorter, longerCount } = lengthsOf({ segmentCount, chunkCount });
  return Array.from({ length: chunkCount }, (_, chunk) => chunk * shorter + Math.min(chunk, longerCount));
}

/**
 * First segment of every chunk, in the order of longer and shorter ones that decodes the fewest frames for nothing.
 * `prerollOf` are the frames between the key frame before a segment and its start. Longer ones come first where it does not matter.
 */
export function nearKeyFrames(shares: SegmentShares, prerollOf: (segment: number) => number): number[] {
  const { chunkCount } = shares;
  const { shorter, longerCount } = lengthsOf(shares);
  const startOf = (chunk: number, longerBefore: number) => chunk * shorter + longerBefore;
  const preroll = Array.from({ length: shares.segmentCount }, (_, segment) => prerollOf(segment));
  // By the number of longer chunks before a chunk: the least preroll from this chunk to the end.
  let behind = Array.from({ length: longerCount + 1 }, (_, longer) => (longer === longerCount ? 0 : Infinity));
  const longerNext: boolean[][] = [];
  for (let chunk = chunkCount - 1; chunk >= 0; chunk--) {
    const next = behind;
    const least = (longer: number) => next[longer] ?? Infinity;
    longerNext[chunk] = next.map((_, longer) => least(longer + 1) <= least(longer) && least(longer + 1) < Infinity);
    behind = next.map((_, longer) => Math.min(least(longer), least(longer + 1)) + (preroll[startOf(chunk, longer)] ?? Infinity));
  }
  let longerBefore = 0;
  return longerNext.map((isLonger, chunk) => {
    const start = startOf(chunk, longerBefore);
    if (isLonger[longerBefore]) longerBefore += 1;
    return start;
  });
}

/** Lengths of the first chunks of a title that opens early, in segments: 1, 1, 2, 4 and so on, each below the usual length. */
export function rampLengths(usualLength: number): number[] {
  const lengths: number[] = [];
  for (let total = 0, next = 1; next < usualLength; total += next, next = total) lengths.push(next);
  return lengths;
}

function lengthsOf({ segmentCount, chunkCount }: SegmentShares): { shorter: number; longerCount: number } {
  return { shorter: Math.floor(segmentCount / chunkCount), longerCount: segmentCount % chunkCount };
}
