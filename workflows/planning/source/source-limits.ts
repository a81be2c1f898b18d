import type { ProbedContainer, ProbedStream, Refusal } from './probed-container';
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

/**
 * What a header claims is held against the limits before anything is decoded: of the picture that is encoded and of tracks that are read.
 * Covers, fonts and data are not. Null when it is within them.
 */
export function headerBeyondLimits(
  { probe, stream }: { probe: ProbedContainer; stream: ProbedStream },
  sizeBytes: number,
  limits: SourceLimits,
): Refusal | null {
  return firstBeyond([
    ['size in bytes', sizeBytes, limits.sizeBytes],
    ['number of streams', probe.streams.filter(isRead).length, limits.streams],
    ...pictureChecks({ width: stream.width ?? 0, height: stream.height ?? 0 }, limits),
    ['duration in seconds', claimedSeconds(probe), limits.durationSeconds],
  ]);
}

/** Matroska tells the end on a clock that may start anywhere. The length of the packets is measured later and held against the limit again. */
function claimedSeconds({ format: { duration, start_time } }: ProbedContainer): number {
  return Number(duration ?? 0) - Math.max(0, Number(start_time ?? 0) || 0);
}

/** Colour is kept for squares of this many pixels (4:2:0). */
const SMALLEST_SIDE = 2;

/** Decoders know better than headers how large a picture is. */
export function pictureBeyondLimits(picture: { width: number; height: number }, limits: SourceLimits): Refusal | null {
  const { width, height } = picture;
  if (width < SMALLEST_SIDE && height < SMALLEST_SIDE)
    return { refused: 'SourceUnsupported', message: `The picture has ${width}x${height} pixels, which is too small to be encoded.` };
  return firstBeyond(pictureChecks(picture, limits));
}

function pictureChecks({ width, height }: { width: number; height: number }, limits: SourceLimits): Check[] {
  return [
    ['width', width, limits.width],
    ['height', height, limits.height],
  ];
}

/** Tracks whose packets are read; attached pictures and files lie in the header. */
function isRead({ codec_type, disposition }: ProbedStream): boolean {
  return ['video', 'audio', 'subtitle'].includes(codec_type ?? '') && !disposition['attached_pic'];
}

/** Headers may lie about the length and often do about the rate: measured values are checked against the limits too. */
export function timelineBeyondLimits({ frameRate, frameCount }: Timeline, limits: SourceLimits): Refusal | null {
  const { num, den } = frameRate;
  return firstBeyond([
    ['duration in seconds', (frameCount * den) / num, limits.durationSeconds],
    ['number of frames a second', num / den, limits.framesPerSecond],
  ]);
}

type Check = [what: string, value: number, limit: number];

function firstBeyond(checks: readonly Check[]): Refusal | null {
  const beyond = checks.find(([, value, limit]) => value > limit);
  if (!beyond) return null;
  const [what, value, limit] = beyond;
  return { refused: 'SourceTooLarge', message: `The ${what} of this video is ${Math.ceil(value)}; the limit is ${limit}.` };
}
