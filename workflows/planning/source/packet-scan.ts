import type { Fraction } from '../../../temporal/contract/media/plan';
import type { ProbedContainer, ProbedStream } from './probed-container';
import { sourceInput, type HeadReading } from './source-input';
import { audioCopyArgs } from './sound/sound-copy';
import { soundLevelArgs } from './sound/sound-levels';
import { QUIETLY, subtitleCopyArgs } from './track-copies';

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

/**
 * ffmpeg arguments that print, in the form of a packet scan, the pictures that the decoder can start at: only these are decoded. For
 * sources whose packets all claim to be key frames.
 */
export function keyFrameScanArgs(sourceUrl: string, videoStreamIndex: number): string[] {
  return [
    ...QUIETLY,
    ...['-copyts', '-skip_frame', 'nokey', ...sourceInput(sourceUrl), '-map', `0:${videoStreamIndex}`],
    ...['-fps_mode', 'passthrough', '-enc_time_base', 'demux', '-c:v', 'wrapped_avframe', '-f', 'framecrc', 'pipe:1'],
  ];
}

/** Codecs without pictures that depend on others, in which every packet is a key frame. */
const INTRA_CODECS = [
  'cfhd',
  'dnxhd',
  'dvvideo',
  'ffv1',
  'ffvhuff',
  'huffyuv',
  'jpeg2000',
  'mjpeg',
  'png',
  'prores',
  'rawvideo',
  'utvideo',
  'v210',
];

/** Whether the key frames have to be looked for: an MP4 without a sync sample box (ISO/IEC 14496-12 8.6.2) says that all are. */
export function claimsOnlyKeyFrames({ packets }: PacketScan, { codec_name }: ProbedStream): boolean {
  return packets.length > 1 && packets.every(({ keyFrame }) => keyFrame) && !INTRA_CODECS.includes(codec_name ?? '');
}

/**
 * ffprobe arguments that print where a seek to a frame leads: a container without a list of key frames stops at any frame, although the
 * stream itself marks its key frames.
 */
export function seekTargetArgs(sourceUrl: string, videoStreamIndex: number, seconds: number): string[] {
  const one = ['-read_intervals', `${seconds.toFixed(6)}%+#1`, '-show_entries', 'packet=flags'];
  return ['-v', 'error', '-select_streams', String(videoStreamIndex), ...one, '-of', 'json', ...sourceInput(sourceUrl)];
}

/** ffprobe arguments that count the packets of video tracks, those that an edit list hides included. */
export function packetCountArgs(sourceUrl: string, probe: ProbedContainer): string[] {
  const all = probe.format.format_name.startsWith('mov') ? ['-ignore_editlist', '1'] : [];
  const count = ['-select_streams', 'v', '-count_packets', '-show_entries', 'stream=index,nb_read_packets'];
  return ['-v', 'error', ...count, '-of', 'json', ...all, ...sourceInput(sourceUrl)];
}

/** ffprobe arguments for the header of a source: container, streams, side data. */
export function ffprobeArgs(sourceUrl: string, reading: HeadReading = 'near'): string[] {
  return ['-v', 'error', '-show_format', '-show_programs', '-show_streams', '-of', 'json', ...sourceInput(sourceUrl, reading)];
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
  const subtitles = subtitleCopyArgs(probe);
  return [
    ...QUIETLY,
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
