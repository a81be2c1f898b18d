import type { FirstPicture } from '../../../temporal/contract/media/picture-shape';
import type { Fraction } from '../../../temporal/contract/media/plan';
import { fractionText } from '../timeline/frame-rate';
import { descriptionsArgs } from './shape/pixel-aspects';
import { fitPicture } from './shape/fit-picture';
import { slipFilter, type ClockSlips } from './packets/clock-slips';
import type { ProbedContainer, ProbedStream } from './probed-container';
import { sourceInput, type HeadReading } from './source-input';
import { audioStreams, canSeek } from './source-streams';
import { audioCopyArgs, PACKET_TIMES } from './sound/sound-copy';
import { QUIETLY, subtitleCopyArgs } from './track-copies';

/** How the source gets a copy that can be sought in, if it needs one. */
export type MezzanineKind = 'none' | 'copied' | 'coded';

export interface MezzanineInput {
  sourceUrl: string;
  /** As far as the header was read; `near` when left out. */
  reading?: HeadReading;
  probe: ProbedContainer;
  stream: ProbedStream;
  outPath: string;
  /** Where to leave the packets of the source itself in the form of a packet scan, those of its sound beside them. */
  packetsPath?: string;
  /** For pictures that are coded again although they have times: the first ones without. */
  untimedStart?: UntimedStart | null;
  /** Without it, pictures without times are coded and the others copied. */
  kind?: MezzanineKind;
  /** The first picture as it is coded; those of another shape are fitted into it where pictures are coded again. */
  firstPicture?: FirstPicture;
  /** Seconds from one picture to the next by the stream itself, for those without a clock; null when it does not say. */
  step?: Fraction | null;
  /** Seconds that the first packet is ahead of the even steps of the others; null where it is not. */
  ahead?: Fraction | null;
  /** Times to take back in a source with one clock. */
  slips?: ClockSlips | null;
}

/** Pictures at the start of a stream that carry no time, in the order in which they are shown. */
export interface UntimedStart {
  pictures: number;
  /** Time of the first picture that has one, from the start of the container. */
  followerSeconds: number;
  /** Seconds from one picture to the next. */
  step: Fraction;
}

/** ffprobe arguments that print the times of the first pictures, in the order in which they are shown. */
export function firstTimesArgs(sourceUrl: string, videoStreamIndex: number): string[] {
  const some = ['-read_intervals', `%+#${PICTURES_LOOKED_AT}`, '-show_entries', 'frame=pts_time'];
  return ['-v', 'error', '-select_streams', String(videoStreamIndex), ...some, '-of', 'json', ...sourceInput(sourceUrl)];
}

/** As many packets as two groups of pictures usually have. */
const PICTURES_LOOKED_AT = 60;

/** `times` in seconds on the clock of the container, undefined for a picture without. Null when the first picture, or none, has one. */
export function untimedStart(times: readonly (number | undefined)[], startSeconds: number, step: Fraction | null): UntimedStart | null {
  const pictures = times.findIndex((time) => time !== undefined);
  return pictures > 0 && step ? { pictures, followerSeconds: (times[pictures] ?? 0) - startSeconds, step } : null;
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
  const { sourceUrl, reading, probe, stream, outPath, packetsPath, slips } = input;
  return [
    ...QUIETLY,
    // Jumps of the clock are told as warnings.
    ...['-v', 'warning', '-fflags', '+genpts', '-noautorotate', ...sameFilters(input), ...clockArgs(input)],
    ...sourceInput(sourceUrl, reading),
    ...['-map', `0:${stream.index}`, ...videoArgs(input)],
    ...audioCopyArgs(probe),
    ...subtitleCopyArgs(probe),
    ...['-map_chapters', '-1', '-max_interleave_delta', '0', ...(slips ? fromZero(probe) : []), '-f', 'matroska', outPath],
    ...(packetsPath ? packetLists(input, packetsPath) : []),
  ];
}

/** With slips the times are taken as they are, but for those that are off; without, ffmpeg joins clocks that start again. */
function clockArgs({ probe, slips }: MezzanineInput): string[] {
  const filters = probe.streams.flatMap((stream): string[] => {
    const own = slips?.get(stream.index);
    const chain = [...(own ? [slipFilter(own)] : []), ...(stream.changesRate ? [PACKET_TIMES] : [])];
    return chain.length > 0 ? [`-bsf:${stream.index}`, chain.join(',')] : [];
  });
  return [...(slips ? ['-copyts'] : []), ...filters];
}

function fromZero({ format }: ProbedContainer): string[] {
  return ['-output_ts_offset', String(-Number(format.start_time ?? 0))];
}

/** File with the descriptions of the picture, beside the one with its packets. */
export function descriptionsPath(packetsPath: string): string {
  return `${packetsPath}.descriptions`;
}

/** File with the packets of an audio track, beside the one with those of the picture. */
export function soundPacketsPath(packetsPath: string, track: number): string {
  return `${packetsPath}.${track}`;
}

function packetLists({ probe, stream }: MezzanineInput, packetsPath: string): string[] {
  const list = (index: number, path: string) => ['-map', `0:${index}`, '-c', 'copy', '-f', 'framecrc', path];
  const sounds = audioStreams(probe).flatMap(({ index }, track) => list(index, soundPacketsPath(packetsPath, track)));
  const descriptions = descriptionsArgs(probe.format.format_name, stream.codec_name);
  return [
    ...list(stream.index, packetsPath),
    ...sounds,
    ...(descriptions ? ['-map', `0:${stream.index}`, ...descriptions, descriptionsPath(packetsPath)] : []),
  ];
}

/**
 * A parser of raw MPEG-1 learns behind the first picture that a picture is shown later than it is decoded (ISO/IEC 11172-2 2.3): it leaves the
 * first one at its decoding time.
 */
const FIRST_OF_MPEG1 = "setts=pts='if(eq(N,0),DTS+DURATION,PTS)'";

/**
 * A muxer that writes fragments without an edit list (ISO/IEC 14496-12 8.8.12) begins all tracks at zero and makes their first sample longer
 * instead: the picture by the priming of the sound, whose own samples lie that much later.
 */
function firstOfFragments(ahead: Fraction): string[] {
  const moved = `round(${fractionText(ahead)}/TB)`;
  const first = (changed: string, same: string) => `'if(eq(N,0),${changed},${same})'`;
  const times = `pts=${first(`PTS+${moved}`, 'PTS')}:dts=${first(`DTS+${moved}`, 'DTS')}`;
  return ['-bsf:v', `setts=${times}:duration=${first(`DURATION-${moved}`, 'DURATION')}`];
}

/** Without loss, and with the marks of interlaced pictures. */
const X264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-qp', '0'];

/** Without loss in every format of pixels. */
const FFV1 = ['-c:v', 'ffv1', '-level', '3', '-g', '1', '-slices', '4'];

/** Raw streams whose first packet gets another length than the rest. The picture clock of ITU-T H.261 and H.263 has one rate. */
const VIDEOPHONE_STREAMS = ['h261', 'h263'];
const VIDEOPHONE_STEP = '1001/30000';

/** Raw streams of reordered pictures whose demuxers give them no times, or times of packets that hold no picture. */
export const UNTIMED_STREAMS = ['avs2', 'dirac', 'vvc'];

/** Pictures in containers that hold no presentation times: only the decoder knows the order. */
function isUntimed(probe: ProbedContainer, stream: ProbedStream): boolean {
  if (UNTIMED_STREAMS.includes(probe.format.format_name)) return true;
  const untimed = ['avi', 'h264', 'hevc'].includes(probe.format.format_name);
  return untimed && (stream.codec_name === 'h264' || stream.codec_name === 'hevc');
}

/** Pictures of another size would build the filters anew, which count from zero again. */
function sameFilters({ stream, firstPicture, ...input }: MezzanineInput): string[] {
  return firstPicture && isCoded({ stream, ...input }) ? [`-reinit_filter:${stream.index}`, '0'] : [];
}

function isCoded({ probe, stream, kind }: MezzanineInput): boolean {
  return kind === 'coded' || isUntimed(probe, stream);
}

/** Files of this format with an index are not copied. */
function isOfFragments(formatName: string): boolean {
  return formatName.split(',').includes('mov');
}

/** A copy of the packets, or the pictures coded again. */
function videoArgs(input: MezzanineInput): string[] {
  const { probe, stream } = input;
  const raw = probe.format.format_name;
  if (isCoded(input)) return codedArgs(input);
  if (VIDEOPHONE_STREAMS.includes(raw)) return ['-c:v', 'copy', '-bsf:v', `setts=ts=N*${VIDEOPHONE_STEP}/TB`];
  if (raw === 'mpegvideo' && stream.codec_name === 'mpeg1video') return ['-c:v', 'copy', '-bsf:v', FIRST_OF_MPEG1];
  if (input.ahead && isOfFragments(raw)) return ['-c:v', 'copy', ...firstOfFragments(input.ahead)];
  return ['-c:v', 'copy', ...(stream.codec_name === 'mpeg4' ? ['-bsf:v', 'mpeg4_unpack_bframes'] : [])];
}

/**
 * Only a decoder puts untimed pictures in order: they are coded again without loss, in the order and at the rate of the stream. Pictures that
 * Matroska does not hold are coded without loss, too, and keep their times.
 */
function codedArgs({ probe, stream, step, untimedStart, firstPicture }: MezzanineInput): string[] {
  const isOrdered = isUntimed(probe, stream) || stream.codec_name === 'mpeg4';
  const times = isOrdered ? [`settb=${step ? fractionText(step) : stepOfHeader(stream)}`, 'setpts=N'] : timesOfStart(untimedStart);
  const filters = [...(firstPicture ? fitPicture(firstPicture) : []), ...times];
  const isPlain = isOrdered && !UNTIMED_STREAMS.includes(probe.format.format_name);
  const codec = isPlain ? [...X264, ...interlacedFlags(stream)] : FFV1;
  return [...(filters.length > 0 ? ['-vf', filters.join(',')] : []), '-fps_mode', 'passthrough', ...codec];
}

function interlacedFlags({ field_order }: ProbedStream): string[] {
  return field_order !== undefined && field_order !== 'progressive' ? ['-flags', '+ildct'] : [];
}

/** Counted back from the first known time: the decoder would guess them from decoding times. */
function timesOfStart(start: UntimedStart | null | undefined): string[] {
  if (!start) return [];
  const { pictures, followerSeconds, step } = start;
  return [`setpts='if(lt(N,${pictures}),round((${followerSeconds}-(${pictures}-N)*${fractionText(step)})/TB),PTS)'`];
}

function stepOfHeader({ avg_frame_rate }: ProbedStream): string {
  const [num = '25', den = '1'] = (avg_frame_rate ?? '25/1').split('/');
  return `${den}/${num}`;
}
