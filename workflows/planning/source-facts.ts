import type { AudioFacts, Fraction, SourceFacts } from '../../temporal/contract/plan';
import type { Timeline } from './timeline';

/** The part of a stream's description that planning reads, as ffprobe names it. */
export interface ProbedStream {
  index: number;
  codec_type?: string | undefined;
  codec_name?: string | undefined;
  width?: number | undefined;
  height?: number | undefined;
  pix_fmt?: string | undefined;
  sample_aspect_ratio?: string | undefined;
  time_base: string;
  nb_frames?: string | undefined;
  channels?: number | undefined;
  sample_rate?: string | undefined;
  disposition: Record<string, number>;
  tags: Record<string, string>;
  side_data_list: readonly { rotation?: number | undefined }[];
}

export interface ProbedContainer {
  format: { format_name: string; start_time?: string | undefined };
  streams: readonly ProbedStream[];
}

/** Why a source cannot be processed. */
export interface Refusal {
  refused: 'SourceUnsupported' | 'SourceUnreadable';
  message: string;
}

/** The stream to encode: the first moving picture. Cover art does not count. */
export function chooseVideoStream(probe: ProbedContainer): ProbedStream | Refusal {
  const stream = probe.streams.find((one) => one.codec_type === 'video' && !one.disposition['attached_pic']);
  if (!stream) return { refused: 'SourceUnsupported', message: 'The file has no video track.' };
  if (!stream.width || !stream.height || !stream.codec_name) {
    return { refused: 'SourceUnreadable', message: 'The video track has no size or no known codec.' };
  }
  return stream;
}

/** Everything later steps need to know of a source, from its header and one pass over its packets. */
export function sourceFacts(input: {
  probe: ProbedContainer;
  stream: ProbedStream;
  timeline: Timeline;
  timebase: Fraction;
  sizeBytes: number;
}): SourceFacts | Refusal {
  const { probe, stream, timeline, sizeBytes } = input;
  if (timeline.frameCount === 0) {
    return { refused: 'SourceUnreadable', message: 'The video track holds no frame.' };
  }
  const { num, den } = timeline.frameRate;
  const durationMs = Math.max(1, Math.round((timeline.frameCount * den * 1000) / num));
  return {
    container: probe.format.format_name,
    sizeBytes,
    durationMs,
    bitrateBps: Math.round((sizeBytes * 8000) / durationMs),
    startTimeUs: Math.round(Number(probe.format.start_time ?? 0) * 1e6) || 0,
    video: {
      streamIndex: stream.index,
      codec: stream.codec_name ?? '',
      ...shownSize(stream),
      rotationDegrees: rotation(stream),
      pixelFormat: stream.pix_fmt ?? '',
      timebase: input.timebase,
      frameCount: timeline.frameCount,
      firstPts: timeline.firstPts,
      frameRate: timeline.frameRate,
      cadence: timeline.cadence,
    },
    audio: probe.streams.filter((one) => one.codec_type === 'audio' && one.channels).map(audioFacts),
  };
}

/** Containers that count their frames tell when the end of the file is missing. */
export function missingFrames(stream: ProbedStream, packetCount: number): Refusal | null {
  const promised = Number(stream.nb_frames ?? 0);
  if (promised - packetCount <= Math.max(2, promised * 0.001)) return null;
  return {
    refused: 'SourceUnreadable',
    message: `The file is cut off: it holds ${packetCount} of ${promised} frames.`,
  };
}

function audioFacts(stream: ProbedStream): AudioFacts {
  const language = stream.tags['language'];
  return {
    streamIndex: stream.index,
    codec: stream.codec_name ?? '',
    channels: stream.channels ?? 2,
    sampleRateHz: Number(stream.sample_rate ?? 48_000),
    language: language && language !== 'und' ? language : null,
  };
}

function rotation(stream: ProbedStream): number {
  const degrees = stream.side_data_list.find((one) => one.rotation !== undefined)?.rotation ?? 0;
  return ((Math.round(degrees) % 360) + 360) % 360;
}

/** Size with square pixels, then turned the way the picture is shown. */
function shownSize(stream: ProbedStream): { width: number; height: number } {
  const coded = { width: stream.width ?? 0, height: stream.height ?? 0 };
  const [sarNum = 1, sarDen = 1] = (stream.sample_aspect_ratio ?? '1:1').split(':').map(Number);
  const square = sarNum > 0 && sarDen > 0 ? { ...coded, width: Math.round((coded.width * sarNum) / sarDen) } : coded;
  return rotation(stream) % 180 === 90 ? { width: square.height, height: square.width } : square;
}
