import type { ProbedContainer, Refusal } from './probed-container';
import type { Timeline } from '../timeline/timeline';

/** The largest source that is accepted. */
export interface SourceLimits {
  durationSeconds: number;
  width: number;
  height: number;
  framesPerSecond: number;
  streams: number;
  sizeBytes: number;
}

/** What a header claims is held against the limits before anything is decoded. Null when it is within them. */
export function headerBeyondLimits(probe: ProbedContainer, sizeBytes: number, limits: SourceLimits): Refusal | null {
  const video = probe.streams.filter((stream) => stream.codec_type === 'video');
  const widest = Math.max(0, ...video.map(({ width }) => width ?? 0));
  const highest = Math.max(0, ...video.map(({ height }) => height ?? 0));
  return firstBeyond([
    ['size in bytes', sizeBytes, limits.sizeBytes],
    ['number of streams', probe.streams.length, limits.streams],
    ['width', widest, limits.width],
    ['height', highest, limits.height],
    ['duration in seconds', Number(probe.format.duration ?? 0), limits.durationSeconds],
  ]);
}

/** Headers may lie about the length and often do about the rate: what was measured is held against the limits too. */
export function timelineBeyondLimits({ frameRate, frameCount }: Timeline, limits: SourceLimits): Refusal | null {
  const { num, den } = frameRate;
  return firstBeyond([
    ['duration in seconds', (frameCount * den) / num, limits.durationSeconds],
    ['number of frames a second', num / den, limits.framesPerSecond],
  ]);
}

function firstBeyond(checks: readonly [what: string, value: number, limit: number][]): Refusal | null {
  const beyond = checks.find(([, value, limit]) => value > limit);
  if (!beyond) return null;
  const [what, value, limit] = beyond;
  return { refused: 'SourceTooLarge', message: `The ${what} of this video is ${Math.ceil(value)}; the limit is ${limit}.` };
}
