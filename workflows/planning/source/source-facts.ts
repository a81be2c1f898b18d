import type { AudioFacts, Fraction, Interlacing, SourceFacts, SubtitleFacts } from '../../../temporal/contract/plan';
import { reduce } from '../timeline/frame-rate';
import { languageOf, type ProbedContainer, type ProbedStream, type Refusal } from './probed-container';
import type { SoundLevels } from '../sound/sound-levels';
import { audioStreams, isTextSubtitle, subtitleStreams } from './source-streams';
import type { Timeline } from '../timeline/timeline';

/** Pixels this close to square come from encoders that rounded a size: squaring them would resample every frame, for a change that nobody sees. */
const SQUARE_WITHIN = 0.005;

/** Everything later steps need to know of a source, from its header, one pass over its packets and a look at its first frames. */
export function sourceFacts(input: {
  /** Of the file that later steps read: the source or its mezzanine. */
  probe: ProbedContainer;
  stream: ProbedStream;
  timeline: Timeline & { keyFrameCount: number };
  /** Frames of the title, which go on as long as its sound. */
  titleFrames: number;
  timebase: Fraction;
  interlacing: Interlacing;
  audio: AudioFacts[];
  /** Of the source as it was uploaded. */
  container: string;
  sizeBytes: number;
  mezzanine: boolean;
}): SourceFacts {
  const { probe, stream, timeline, sizeBytes } = input;
  const { num, den } = timeline.frameRate;
  const durationMs = Math.max(1, Math.round((input.titleFrames * den * 1000) / num));
  return {
    container: input.container,
    sizeBytes,
    durationMs,
    bitrateBps: Math.round((sizeBytes * 8000) / durationMs),
    startTimeUs: secondsToUs(probe.format.start_time),
    video: {
      streamIndex: stream.index,
      codec: stream.codec_name ?? '',
      ...shownSize(stream),
      rotationDegrees: rotation(stream),
      pixelAspect: pixelAspect(stream),
      pixelFormat: stream.pix_fmt ?? '',
      bitDepth: bitDepth(stream),
      colour: colourFacts(stream),
      interlacing: input.interlacing,
      timebase: input.timebase,
      frameCount: timeline.frameCount,
      firstPts: timeline.firstPts,
      frameRate: timeline.frameRate,
      cadence: timeline.cadence,
      keyFrameCount: timeline.keyFrameCount,
      gapCount: timeline.gapCount,
      duplicateCount: timeline.duplicateCount,
    },
    audio: input.audio,
    subtitles: subtitleFacts(probe),
    mezzanine: input.mezzanine,
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

/** What is known of the audio streams, with the times that were measured of each. */
export function audioFacts(probe: ProbedContainer, measured: readonly Pick<SoundLevels, 'startUs' | 'endUs'>[]): AudioFacts[] {
  return audioStreams(probe).map((stream, track) => {
    const { startUs = 0, endUs = 0 } = measured[track] ?? {};
    const flag = (name: string) => stream.disposition[name] === 1;
    return {
      streamIndex: stream.index,
      codec: stream.codec_name ?? '',
      channels: stream.channels ?? 2,
      layout: stream.channel_layout ?? null,
      sampleRateHz: Number(stream.sample_rate ?? 48_000),
      language: languageOf(stream),
      startUs,
      endUs,
      isDefault: flag('default'),
      isAside: flag('comment') || flag('visual_impaired') || flag('hearing_impaired') || flag('karaoke'),
    };
  });
}

function subtitleFacts(probe: ProbedContainer): SubtitleFacts[] {
  const streams = subtitleStreams(probe);
  const extracted = streams.filter(isTextSubtitle);
  return streams.map((stream) => ({
    streamIndex: stream.index,
    codec: stream.codec_name ?? '',
    language: languageOf(stream),
    extractedTrack: extracted.includes(stream) ? extracted.indexOf(stream) : null,
  }));
}

function colourFacts(stream: ProbedStream): SourceFacts['video']['colour'] {
  const known = (value: string | undefined) => (value === undefined || value === 'unknown' || value === 'reserved' ? null : value);
  const full = stream.color_range === 'pc' || stream.pix_fmt?.startsWith('yuvj');
  return {
    primaries: known(stream.color_primaries),
    transfer: known(stream.color_transfer),
    matrix: known(stream.color_space),
    range: full ? 'full' : stream.color_range === 'tv' ? 'limited' : null,
  };
}

/** From the name of the pixel format where the stream does not say: `yuv422p10le` has 10 bits. */
function bitDepth(stream: ProbedStream): number {
  const named = /p(?:f)?(9|10|12|14|16|32)(?:le|be)$/.exec(stream.pix_fmt ?? '')?.[1];
  return Number(named ?? stream.bits_per_raw_sample ?? 8) || 8;
}

function rotation(stream: ProbedStream): number {
  const degrees = stream.side_data_list.find((one) => one.rotation !== undefined)?.rotation ?? 0;
  return ((Math.round(degrees) % 360) + 360) % 360;
}

function pixelAspect(stream: ProbedStream): Fraction {
  const [num = 1, den = 1] = (stream.sample_aspect_ratio ?? '1:1').split(':').map(Number);
  return num > 0 && den > 0 ? reduce({ num, den }) : { num: 1, den: 1 };
}

/** Size with square pixels, or nearly so, then turned the way the picture is shown. */
function shownSize(stream: ProbedStream): { width: number; height: number } {
  const { num, den } = pixelAspect(stream);
  const height = stream.height ?? 0;
  const isSquare = Math.abs(num / den - 1) < SQUARE_WITHIN;
  const width = isSquare ? (stream.width ?? 0) : Math.max(1, Math.round(((stream.width ?? 0) * num) / den));
  return rotation(stream) % 180 === 90 ? { width: height, height: width } : { width, height };
}

function secondsToUs(seconds: string | undefined): number {
  return Math.round(Number(seconds ?? 0) * 1e6) || 0;
}
