import type { ProbedContainer, ProbedStream } from './probed-container';

/** Subtitles that are text; those of DVDs, Blu-rays and broadcasts are pictures. */
const TEXT_SUBTITLES = ['ass', 'mov_text', 'ssa', 'subrip', 'text', 'webvtt'];

/** Audio streams that can be decoded, in container order. */
export function audioStreams(probe: ProbedContainer): ProbedStream[] {
  return probe.streams.filter((one) => one.codec_type === 'audio' && one.channels && one.codec_name && Number(one.sample_rate) > 0);
}

/** Containers whose header names tracks and leaves it to their packets what these hold. */
const DESCRIBED_BY_PACKETS = ['mpegts', 'mpeg', 'flv'];

/** Whether packets of a track were not met as far as the header was read, so that no tool can copy it. */
export function startsTooLate({ format }: ProbedContainer, { codec_type, channels, sample_rate, width }: ProbedStream): boolean {
  if (!DESCRIBED_BY_PACKETS.includes(format.format_name)) return false;
  return (codec_type === 'audio' && !(channels && Number(sample_rate) > 0)) || (codec_type === 'video' && !width);
}

export function subtitleStreams(probe: ProbedContainer): ProbedStream[] {
  return probe.streams.filter((one) => one.codec_type === 'subtitle');
}

export function isTextSubtitle(stream: ProbedStream): boolean {
  return TEXT_SUBTITLES.includes(stream.codec_name ?? '');
}

/**
 * Whether chunks can seek in the source itself. Raw and streaming containers have no index, fragments without one are read
 * from the start, and AVI has no presentation times.
 */
export function canSeek(probe: ProbedContainer, stream: ProbedStream): boolean {
  const container = probe.format.format_name.split(',');
  // A fragmented file promises no frames in its header.
  if (container.includes('mov')) return Number(stream.nb_frames ?? 0) > 0;
  // The muxer that could not go back to write the duration wrote no index either.
  if (container.includes('matroska')) return Number(probe.format.duration ?? 0) > 0;
  return container.includes('gif') || container.includes('mxf');
}
