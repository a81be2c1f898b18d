import type { TimedPixelAspect } from '../../../temporal/contract/media/picture-shape';
import type { AudioFacts, Fraction, Interlacing, SourceFacts } from '../../../temporal/contract/media/plan';
import type { RenditionRole } from '../../../temporal/contract/media/renditions';
import type { SourceWarning } from '../../../temporal/contract/media/warnings';
import { colourFacts } from './colour-facts';
import type { LookedAtPicture } from './first-look';
import { languageOf, type ProbedContainer, type ProbedStream, type Refusal } from './probed-container';
import type { SourceShape } from './shape/source-shape';
import type { SoundLevels } from './sound/sound-levels';
import { audioStreams } from './source-streams';
import { subtitleFacts, subtitleWarnings } from './subtitle-streams';
import type { Timeline } from '../timeline/timeline';

/** Pixels this close to square come from encoders that rounded a size: squaring them would resample every frame, for a change that cannot be seen. */
const SQUARE_WITHIN = 0.005;

/** Everything later steps need to know of a source, from its header, one pass over its packets and a look at its first frames. */
export function sourceFacts(input: SourceFindings): SourceFacts {
  const { probe, stream, shape, timeline, sizeBytes } = input;
  const { pixelAspect, pixelFormat } = shape.shown;
  const { colour, warnings } = colourFacts(stream, shape.shown);
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
      ...shownSize(shape.shown),
      rotationDegrees: rotation(stream),
      pixelAspect,
      ...shapeFacts(shape, timeline.firstPts, input.laterPixelAspects),
      pixelFormat,
      bitDepth: bitDepth(stream, pixelFormat),
      colour,
      ...(shape.shown.light ? { light: shape.shown.light } : {}),
      interlacing: input.interlacing,
      ...(input.hasCaptions ? { hasCaptions: true } : {}),
      timebase: input.timebase,
      frameCount: timeline.frameCount,
      firstPts: timeline.firstPts,
      ...(input.leadSlots > 0 ? { leadSlots: input.leadSlots } : {}),
      frameRate: timeline.frameRate,
      cadence: timeline.cadence,
      keyFrameCount: timeline.keyFrameCount,
      ...(input.keyFramesUnmarked ? { keyFramesUnmarked: true } : {}),
      gapCount: timeline.gapCount,
      duplicateCount: timeline.duplicateCount,
      droppedFrameCount: timeline.droppedFrameCount,
    },
    audio: input.audio,
    subtitles: subtitleFacts(probe),
    mezzanine: input.mezzanine,
    warnings: [
      ...input.warnings,
      ...warnings,
      ...droppedWarning(timeline.droppedFrameCount),
      ...sameTimeWarning(timeline.duplicateCount),
      ...subtitleWarnings(probe),
    ],
  };
}

/** What the probe found, before it is put together. */
interface SourceFindings {
  /** Of the file that later steps read: the source or its mezzanine. */
  probe: ProbedContainer;
  stream: ProbedStream;
  shape: SourceShape;
  /** Where pixels change their shape in the middle. */
  laterPixelAspects: TimedPixelAspect[];
  timeline: Timeline & { keyFrameCount: number; droppedFrameCount: number };
  timebase: Fraction;
  interlacing: Interlacing;
  hasCaptions: boolean;
  /** Frames of the title, which begins with its sound and goes on as long as it. */
  titleFrames: number;
  leadSlots: number;
  audio: AudioFacts[];
  /** Of the source as it was uploaded. */
  container: string;
  sizeBytes: number;
  mezzanine: boolean;
  keyFramesUnmarked: boolean;
  warnings: readonly SourceWarning[];
}

function shapeFacts(
  { coded, turn, isAspectReplaced }: SourceShape,
  firstPts: number,
  later: readonly TimedPixelAspect[],
): Pick<SourceFacts['video'], 'firstPicture' | 'pixelAspects' | 'turn'> {
  const pixelAspects = [{ fromPts: firstPts, pixelAspect: coded.pixelAspect }, ...later];
  return {
    firstPicture: coded,
    ...(later.length > 0 || isAspectReplaced ? { pixelAspects } : {}),
    ...(turn ? { turn } : {}),
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
      ...roleOf(flag),
    };
  });
}

/** By the first of these flags that is set. */
const ROLE_OF_FLAG: Readonly<Record<string, RenditionRole>> = {
  comment: 'commentary',
  visual_impaired: 'description',
  hearing_impaired: 'enhanced-audio-intelligibility',
  karaoke: 'karaoke',
  dub: 'dub',
};

function roleOf(flag: (name: string) => boolean): Pick<AudioFacts, 'role'> {
  const named = Object.keys(ROLE_OF_FLAG).find(flag);
  const role = named && ROLE_OF_FLAG[named];
  return role ? { role } : {};
}

/** From the name of the pixel format where the stream does not say: `yuv422p10le` has 10 bits. */
function bitDepth(stream: ProbedStream, pixelFormat: string): number {
  const named = /p(?:f)?(9|10|12|14|16|32)(?:le|be)$/.exec(pixelFormat)?.[1];
  return Number(named ?? stream.bits_per_raw_sample ?? 8) || 8;
}

function rotation(stream: ProbedStream): number {
  const degrees = stream.side_data_list.find((one) => one.rotation !== undefined)?.rotation ?? 0;
  return ((Math.round(degrees) % 360) + 360) % 360;
}

/** Size with square pixels, or nearly so. */
function shownSize({ width, height, pixelAspect: { num, den } }: LookedAtPicture): { width: number; height: number } {
  const isSquare = Math.abs(num / den - 1) < SQUARE_WITHIN;
  return { width: isSquare ? width : Math.max(1, Math.round((width * num) / den)), height };
}

/** What users are told about a picture of which parts are lost. */
export function damageWarnings(corruptPackets: number, { index }: ProbedStream): SourceWarning[] {
  if (corruptPackets === 0) return [];
  const message = `Parts of the picture are damaged or lost, in ${corruptPackets} ${corruptPackets === 1 ? 'place' : 'places'} of the file.`;
  return [{ code: 'SourceDamaged', message, track: index }];
}

function droppedWarning(count: number): SourceWarning[] {
  if (count === 0) return [];
  const message = `${count} ${count === 1 ? 'frame follows the one before it' : 'frames follow the ones before them'} too quickly to be shown.`;
  return [{ code: 'FramesMissing', message }];
}

function sameTimeWarning(count: number): SourceWarning[] {
  if (count === 0) return [];
  const message = `${count} ${count === 1 ? 'frame has' : 'frames have'} the time of another one and cannot be shown.`;
  return [{ code: 'FramesMissing', message }];
}

function secondsToUs(seconds: string | undefined): number {
  return Math.round(Number(seconds ?? 0) * 1e6) || 0;
}
