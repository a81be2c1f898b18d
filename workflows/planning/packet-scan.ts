import type { Fraction } from '../../temporal/contract/plan';
import { sourceInput } from './source-input';

export interface PacketScanInput {
  sourceUrl: string;
  videoStreamIndex: number;
  /** Matroska file for every audio track, or null for a silent source. */
  audioOutPath: string | null;
  scanOutPath: string;
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
  return ['-v', 'error', '-show_format', '-show_streams', '-of', 'json', ...sourceInput(sourceUrl)];
}

/** ffmpeg arguments for the one pass that reads the whole source: a line per video packet, and the audio tracks copied. */
export function packetScanArgs({ sourceUrl, videoStreamIndex, audioOutPath, scanOutPath }: PacketScanInput): string[] {
  const audio = [
    ...['-map', '0:a', '-c', 'copy', '-map_chapters', '-1'],
    // With `disabled` the muxer keeps the distance between audio and picture.
    ...['-avoid_negative_ts', 'disabled', '-output_ts_offset', String(AUDIO_COPY_OFFSET_US / 1_000_000)],
    ...['-f', 'matroska'],
  ];
  return [
    ...['-hide_banner', '-nostdin', '-nostats', '-v', 'error', '-benchmark', '-y'],
    // Timestamps as the container has them: seeks and audio alignment are computed from these.
    '-copyts',
    ...sourceInput(sourceUrl),
    ...['-map', `0:${videoStreamIndex}`, '-c', 'copy', '-f', 'framecrc', scanOutPath],
    ...(audioOutPath === null ? [] : [...audio, audioOutPath]),
  ];
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
