/** A stretch of media: a segment, or an I-frame of one. */
export interface MeasuredSegment {
  sizeBytes: number;
  durationTicks: number;
}

export interface Bandwidth {
  /** Peak segment bit rate. */
  peakBps: number;
  averageBps: number;
}

/**
 * Measured bit rates of a rendition. The peak is the largest bit rate of any contiguous run of segments that lasts 0.5 to
 * 1.5 times the target duration (RFC 8216 4.1); of the whole when it is shorter than that. Bits per second, rounded up.
 */
export function measureBandwidth(segments: readonly MeasuredSegment[], timescale: number): Bandwidth {
  const targetTicks = targetDurationSeconds(segments, timescale) * timescale;
  const rateOf = (run: Run) => Math.ceil((run.sizeBytes * 8 * timescale) / run.durationTicks);
  const whole = segments.reduce(grow, EMPTY_RUN);
  const averageBps = rateOf(whole);
  const peakBps = segments
    .flatMap((_, start) => runsFrom(segments, start, targetTicks))
    .reduce((peak, run) => Math.max(peak, rateOf(run)), 0);
  return { peakBps: peakBps || averageBps, averageBps };
}

/** EXT-X-TARGETDURATION: the longest segment, rounded to the nearest second (RFC 8216 4.3.3.1), at least 1. */
export function targetDurationSeconds(segments: readonly { durationTicks: number }[], timescale: number): number {
  const longestTicks = segments.reduce((longest, segment) => Math.max(longest, segment.durationTicks), 0);
  return Math.max(1, Math.round(longestTicks / timescale));
}

type Run = MeasuredSegment;

const EMPTY_RUN: Run = { sizeBytes: 0, durationTicks: 0 };

function grow(run: Run, segment: MeasuredSegment): Run {
  return { sizeBytes: run.sizeBytes + segment.sizeBytes, durationTicks: run.durationTicks + segment.durationTicks };
}

/** The runs that begin with segment `start` and last 0.5 to 1.5 times the target. */
function runsFrom(segments: readonly MeasuredSegment[], start: number, targetTicks: number): Run[] {
  const runs: Run[] = [];
  let run = EMPTY_RUN;
  for (let index = start; index < segments.length; index++) {
    run = grow(run, segments[index] ?? EMPTY_RUN);
    if (run.durationTicks > 1.5 * targetTicks) break;
    if (run.durationTicks >= 0.5 * targetTicks) runs.push(run);
  }
  return runs;
}
