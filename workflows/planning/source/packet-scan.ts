import type { Fraction } from '../../../temporal/contract/plan';
import type { ProbedContainer, ProbedStream } from './probed-container';
import { sourceInput } from './source-input';
import { audioCopyArgs } from '../sound/sound-copy';
import { soundLevelArgs } from '../sound/sound-levels';
import { canSeek, isTextSubtitle, subtitleStreams } from './source-streams';

/** Names of the files that {@link packetScanArgs} leaves in its folder. */
export const SCAN_FILES = { packets: 'packets.txt', audio: 'audio.mka', subtitles: 'subtitles.mks' } as const;

export interface PacketScanInput {
  sourceUrl: string;
  probe: ProbedContainer;
  stream: ProbedStream;
  /** Existing folder for {@link SCAN_FILES}. */
  folder: string;
}

export interface ScannedPacket {
  pts: number;
  dts: number;
  durationTicks: number;
  keyFrame: boolean;
  /** Decoded for reference but not shown: it lies before the start of an edit list. */
  discard: boolean;
}

export interface PacketScan {
  /** Seconds per tick. */
  timebase: Fraction;
  /** In decode order. */
  packets: ScannedPacket[];
}

/**
 * Added to every timestamp of the extracted audio. Matroska can not hold the negative ones that AAC priming and edit
 * lists produce, and shifting a track by its own first timestamp would lose its offset to the picture.
 */
export const AUDIO_COPY_OFFSET_US = 3_600_000_000;

const PACKET_FLAG_KEY = 0x1;
const PACKET_FLAG_DISCARD = 0x4;
const NO_TIMESTAMP = '-9223372036854775808';

/** ffprobe arguments for the header of a source: container, streams, side data. */
export function ffprobeArgs(sourceUrl: string): string[] {
  return ['-v', 'error', '-show_format', '-show_programs', '-show_streams', '-of', 'json', ...sourceInput(sourceUrl)];
}

/**
 * ffmpeg arguments for the one pass that reads the whole source: a line per video packet, copies of the audio tracks and the
 * text subtitles, and how loud the audio tracks are when.
 */
export function packetScanArgs({ sourceUrl, probe, stream, folder }: PacketScanInput): string[] {
  // With `disabled` the muxer keeps the distance between audio and picture.
  const onOneClock = [
    '-map_chapters',
    '-1',
    '-avoid_negative_ts',
    'disabled',
    '-output_ts_offset',
    String(AUDIO_COPY_OFFSET_US / 1_000_000),
  ];
  const audio = audioCopyArgs(probe);
  const subtitles = subtitleArgs(probe);
  return [
    ...START,
    // Timestamps as the container has them: seeks and audio alignment are computed from these.
    '-copyts',
    ...sourceInput(sourceUrl),
    ...['-map', `0:${stream.index}`, '-c', 'copy', '-f', 'framecrc', `${folder}/${SCAN_FILES.packets}`],
    ...(audio.length > 0 ? [...audio, ...onOneClock, '-f', 'matroska', `${folder}/${SCAN_FILES.audio}`] : []),
    ...soundLevelArgs(probe, folder),
    ...(subtitles.length > 0 ? [...subtitles, ...onOneClock, '-f', 'matroska', `${folder}/${SCAN_FILES.subtitles}`] : []),
  ];
}

/**
 * ffmpeg arguments that copy the streams of a source which cannot be sought in into Matroska: indexed, with presentation
 * times, on a clock without wraps and jumps.
 */
export function mezzanineArgs(input: Omit<PacketScanInput, 'folder'> & { outPath: string }): string[] {
  const { sourceUrl, probe, stream, outPath } = input;
  return [
    ...START,
    ...['-fflags', '+genpts', ...sourceInput(sourceUrl)],
    ...['-map', `0:${stream.index}`, ...mezzanineVideoArgs(probe, stream)],
    ...audioCopyArgs(probe),
    ...subtitleArgs(probe),
    ...['-map_chapters', '-1', '-max_interleave_delta', '0', '-f', 'matroska', outPath],
  ];
}

// Damage in a track makes it worse and is told; it does not make the rest unreadable.
const START = ['-hide_banner', '-nostdin', '-nostats', '-v', 'error', '-y', '-max_error_rate', '1'];

/** How the source gets a copy that can be sought in, if it needs one. */
export type MezzanineKind = 'none' | 'copied' | 'coded';

export function mezzanineKind(probe: ProbedContainer, stream: ProbedStream): MezzanineKind {
  if (canSeek(probe, stream)) return 'none';
  return isUntimed(probe, stream) ? 'coded' : 'copied';
}

/** H.264 and HEVC in containers that hold no presentation times: only the decoder knows the order. */
function isUntimed(probe: ProbedContainer, stream: ProbedStream): boolean {
  const untimed = ['avi', 'h264', 'hevc'].includes(probe.format.format_name);
  return untimed && (stream.codec_name === 'h264' || stream.codec_name === 'hevc');
}

/**
 * A copy of the packets. Only a decoder puts untimed pictures in order: they are coded again without loss, in the order and
 * at the rate of the stream.
 */
function mezzanineVideoArgs(probe: ProbedContainer, stream: ProbedStream): string[] {
  if (isUntimed(probe, stream)) {
    const interlaced = stream.field_order !== undefined && stream.field_order !== 'progressive' ? ['-flags', '+ildct'] : [];
    const lossless = ['-c:v', 'libx264', '-preset', 'ultrafast', '-qp', '0', ...interlaced];
    const [num = '25', den = '1'] = (stream.avg_frame_rate ?? '25/1').split('/');
    return ['-vf', `settb=${den}/${num},setpts=N`, '-fps_mode', 'passthrough', ...lossless];
  }
  return ['-c:v', 'copy', ...(stream.codec_name === 'mpeg4' ? ['-bsf:v', 'mpeg4_unpack_bframes'] : [])];
}

/** Timed text of MP4 and plain text have no name in Matroska; SubRip says the same. */
function subtitleArgs(probe: ProbedContainer): string[] {
  return subtitleStreams(probe)
    .filter(isTextSubtitle)
    .flatMap((one, track) => {
      const codec = one.codec_name === 'mov_text' || one.codec_name === 'text' ? 'srt' : 'copy';
      return ['-map', `0:${one.index}`, `-c:s:${track}`, codec];
    });
}

/**
 * The packets whose frames are shown: none that an edit list hides, and none before the first key frame, in decoding or in
 * presentation order, because their references are missing. In presentation order.
 */
export function shownPackets({ packets }: PacketScan): ScannedPacket[] {
  const firstKey = packets.findIndex((packet) => packet.keyFrame);
  const start = packets[firstKey];
  if (!start) return [];
  const startPts = start.discard ? -Infinity : start.pts;
  return packets
    .slice(firstKey)
    .filter((packet) => !packet.discard && packet.pts >= startPts)
    .sort((a, b) => a.pts - b.pts);
}

/**
 * Reads framecrc text: `stream, dts, pts, duration, size, crc[, F=flags]`, where F is absent for an ordinary key frame.
 * A packet without PTS (AVI) is shown in decode order, so its DTS stands in. Throws RangeError on anything else.
 */
export function parsePacketScan(text: string): PacketScan {
  let timebase: Fraction | null = null;
  const packets: ScannedPacket[] = [];
  for (const line of text.split('\n')) {
    const header = /^#tb 0: (\d+)\/(\d+)/.exec(line);
    if (header) timebase = { num: Number(header[1]), den: Number(header[2]) };
    else if (line !== '' && !line.startsWith('#')) packets.push(parsePacket(line));
  }
  if (timebase === null) throw new RangeError('packet scan without a timebase');
  return { timebase, packets };
}

function parsePacket(line: string): ScannedPacket {
  const [, dts, pts, duration] = line.split(',').map((field) => field.trim());
  const flags = /, F=0x([0-9a-fA-F]+)/.exec(line);
  const flagBits = flags?.[1] === undefined ? PACKET_FLAG_KEY : parseInt(flags[1], 16);
  const packet = {
    pts: Number(pts === NO_TIMESTAMP ? dts : pts),
    dts: Number(dts === NO_TIMESTAMP ? pts : dts),
    durationTicks: Number(duration),
    keyFrame: (flagBits & PACKET_FLAG_KEY) !== 0,
    discard: (flagBits & PACKET_FLAG_DISCARD) !== 0,
  };
  const { pts: shownAt, dts: decodedAt, durationTicks } = packet;
  if (![shownAt, decodedAt, durationTicks].every(Number.isSafeInteger)) {
    throw new RangeError('packet scan with an unreadable line');
  }
  return packet;
}
