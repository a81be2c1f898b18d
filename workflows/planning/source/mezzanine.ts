import type { Fraction } from '../../../temporal/contract/plan';
import { fractionText } from '../timeline/frame-rate';
import type { ProbedContainer, ProbedStream } from './probed-container';
import { sourceInput } from './source-input';
import { canSeek } from './source-streams';
import { audioCopyArgs } from './sound/sound-copy';
import { QUIETLY, subtitleCopyArgs } from './track-copies';

/** How the source gets a copy that can be sought in, if it needs one. */
export type MezzanineKind = 'none' | 'copied' | 'coded';

export interface MezzanineInput {
  sourceUrl: string;
  probe: ProbedContainer;
  stream: ProbedStream;
  outPath: string;
  /** Where to leave the packets of the source itself in the form of a packet scan. */
  packetsPath?: string;
  /** Without it, pictures without times are coded and the others copied. */
  kind?: MezzanineKind;
  /** Seconds from one picture to the next by the stream itself, for those without a clock; null when it does not say. */
  step?: Fraction | null;
}

/**
 * How a source gets its copy. What decides, besides the header: two pictures in one packet, whose times are not those of the pictures, and an
 * index without times, as a file that was cut off has.
 */
export function mezzanineKind(
  probe: ProbedContainer,
  stream: ProbedStream,
  seen: { isPacked: boolean; isTimed: boolean } = { isPacked: false, isTimed: true },
): MezzanineKind {
  if (seen.isPacked) return 'coded';
  if (canSeek(probe, stream) && seen.isTimed) return 'none';
  return isUntimed(probe, stream) || stream.codec_name === 'rawvideo' ? 'coded' : 'copied';
}

/**
 * ffmpeg arguments that copy the streams of a source which cannot be sought in into Matroska: indexed, with presentation
 * times, on a clock without wraps and jumps.
 */
export function mezzanineArgs(input: MezzanineInput): string[] {
  const { sourceUrl, probe, stream, outPath, packetsPath } = input;
  return [
    ...QUIETLY,
    ...['-fflags', '+genpts', ...sourceInput(sourceUrl)],
    ...['-map', `0:${stream.index}`, ...videoArgs(input)],
    ...audioCopyArgs(probe),
    ...subtitleCopyArgs(probe),
    ...['-map_chapters', '-1', '-max_interleave_delta', '0', '-f', 'matroska', outPath],
    ...(packetsPath ? ['-map', `0:${stream.index}`, '-c', 'copy', '-f', 'framecrc', packetsPath] : []),
  ];
}

/** H.264 and HEVC in containers that hold no presentation times: only the decoder knows the order. */
function isUntimed(probe: ProbedContainer, stream: ProbedStream): boolean {
  const untimed = ['avi', 'h264', 'hevc'].includes(probe.format.format_name);
  return untimed && (stream.codec_name === 'h264' || stream.codec_name === 'hevc');
}

/**
 * A copy of the packets. Only a decoder puts untimed pictures in order: they are coded again without loss, in the order and
 * at the rate of the stream. Pictures that Matroska does not hold are coded without loss, too, and keep their times.
 */
function videoArgs({ probe, stream, kind, step }: MezzanineInput): string[] {
  if (isUntimed(probe, stream) || (kind === 'coded' && stream.codec_name === 'mpeg4')) {
    const interlaced = stream.field_order !== undefined && stream.field_order !== 'progressive' ? ['-flags', '+ildct'] : [];
    const lossless = ['-c:v', 'libx264', '-preset', 'ultrafast', '-qp', '0', ...interlaced];
    return ['-vf', `settb=${step ? fractionText(step) : stepOfHeader(stream)},setpts=N`, '-fps_mode', 'passthrough', ...lossless];
  }
  if (kind === 'coded') return ['-fps_mode', 'passthrough', '-c:v', 'ffv1', '-level', '3', '-g', '1', '-slices', '4'];
  return ['-c:v', 'copy', ...(stream.codec_name === 'mpeg4' ? ['-bsf:v', 'mpeg4_unpack_bframes'] : [])];
}

function stepOfHeader({ avg_frame_rate }: ProbedStream): string {
  const [num = '25', den = '1'] = (avg_frame_rate ?? '25/1').split('/');
  return `${den}/${num}`;
}
