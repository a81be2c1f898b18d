import { FORMAT_VERSION } from '../../../temporal/contract/format-version';
import type { Plan, VideoRung } from '../../../temporal/contract/media/plan';
import { renditionFolder } from '../../../temporal/contract/media/renditions';
import type { QualityReport, RenditionQuality } from '../../../temporal/contract/media/reports';
import { measureBandwidth } from '../manifests/bandwidth';
import type { Presentation, VideoPresentation } from '../manifests/presentation';
import type { SampleMeasure } from './sample-measure';

const DURATION_TOLERANCE_MS = 500;
const AUDIO_OFFSET_TOLERANCE_MS = 50;
/** Boxes around the pictures take less. */
const BITRATE_TOLERANCE = 1.03;

/**
 * A source that changes by this many levels a pixel from frame to frame is not static, and a coded frame behind the key frame then
 * takes more bytes than this. Black takes half of it; the easiest moving picture that was found, a soft wave, four times as
 * much.
 */
const MOVING_LEVELS = 1;
const fewestBytes = ({ width, height }: Pick<VideoRung, 'width' | 'height'>) => 16 + (width * height) / 16_000;

/**
 * An HDR set shows the source's own levels. In the mean of a small picture, coding left 0.2 to 2.7 of 255 (film and test pictures, PQ and HLG, up to
 * a CRF of 45); tone mapping changed them by 10 to 32.
 */
const OTHER_LIGHT_LEVELS = 6;

/** Lowest mean VMAF by the short side of a rendition; smaller ones have no bar, since the size alone costs more. */
const VMAF_BARS: readonly { fromShortSide: number; bar: number }[] = [
  { fromShortSide: 1080, bar: 85 },
  { fromShortSide: 720, bar: 80 },
];

export interface QualityInput {
  plan: Pick<Plan, 'source' | 'grid' | 'chunks'>;
  presentation: Presentation;
  /** Where the edit list of the init segment lets the presentation of a folder start, in milliseconds. */
  startMsOf: (folder: string) => number;
  /** The samples of a folder. */
  samplesOf: (folder: string) => readonly SampleMeasure[];
}

/** The measured quality of a generation, with a sentence for everything below its bar. */
export function qualityReport(input: QualityInput): QualityReport {
  const { plan, presentation, startMsOf, samplesOf } = input;
  const { num, den } = plan.grid.frameRate;
  const durationMs = Math.round((plan.grid.frameCount * den * 1000) / num);
  const [first = ''] = presentation.video.map(folderOf);
  const offsetsMs = presentation.audio.map((track) => Math.round(startMsOf(folderOf(track)) - startMsOf(first)));
  const audioOffsetMs = offsetsMs.length === 0 ? null : offsetsMs.reduce((one, other) => (Math.abs(other) > Math.abs(one) ? other : one));
  const renditions = presentation.video.map(({ rung, rendition }): RenditionQuality => {
    const folder = folderOf({ rendition });
    const { peakBps, averageBps } = measureBandwidth(rendition.segments, rendition.timescale);
    const scores = samplesOf(folder).flatMap(({ vmaf }) => vmaf);
    const shortSide = Math.min(rung.width, rung.height);
    return {
      ...{ folder, averageBps, peakBps, boundBps: rung.maxrateBps },
      vmaf: scores.length === 0 ? null : { mean: mean(scores), lowest: Math.min(...scores), frames: scores.length },
      vmafBar: VMAF_BARS.find(({ fromShortSide }) => shortSide >= fromShortSide)?.bar ?? null,
    };
  });
  const droppedFrames = plan.source.video?.droppedFrameCount;
  const dropped = droppedFrames === undefined ? {} : { droppedFrames };
  const measured = {
    ...dropped,
    formatVersion: FORMAT_VERSION,
    durationMs,
    sourceDurationMs: plan.source.durationMs,
    audioOffsetMs,
    renditions,
  };
  const stretches = presentation.video.map(folderOf).flatMap((folder) => stretchesOf(folder, samplesOf(folder)));
  const faults = [...stretches, ...presentation.video.flatMap((video) => otherLight(video, samplesOf(folderOf(video))))];
  const starved = presentation.video.flatMap((video) => tooFewBits(video, samplesOf(folderOf(video))));
  const spent = presentation.video.flatMap((video) => tooManyBits(video, { durationMs, chunkCount: plan.chunks.length }));
  return { ...measured, faults, problems: [...faults, ...problemsOf(measured), ...spent, ...starved] };
}

function stretchesOf(folder: string, samples: readonly SampleMeasure[]): string[] {
  return samples.flatMap(({ startFrame, stretch }) => (stretch ? [`${folder}, counted from frame ${startFrame}: ${stretch}.`] : []));
}

/** One sentence at most: a rendition in other light is so everywhere. */
function otherLight({ rung, rendition }: VideoPresentation, samples: readonly SampleMeasure[]): string[] {
  const other = rung.hdr && samples.find(({ levelsOff }) => levelsOff > OTHER_LIGHT_LEVELS);
  if (!other) return [];
  return [
    `${folderOf({ rendition })} is ${other.levelsOff.toFixed(1)} levels off at frame ${other.startFrame}: it does not keep the light of the source.`,
  ];
}

/** One sentence at most: a rendition that is starved is so everywhere. */
function tooFewBits({ rung, rendition }: VideoPresentation, samples: readonly SampleMeasure[]): string[] {
  const low = samples.find(
    ({ movementLevels, bytesPerFrame }) => movementLevels >= MOVING_LEVELS && bytesPerFrame !== null && bytesPerFrame < fewestBytes(rung),
  );
  if (!low) return [];
  return [
    `${folderOf({ rendition })} takes ${Math.round(low.bytesPerFrame ?? 0)} bytes a frame at frame ${low.startFrame}, where the source moves; that is next to nothing.`,
  ];
}

/**
 * More than rate control may spend: besides the rate, a full buffer at the start of each encode (ITU-T H.264 C.1). That shows in the
 * average of a short title: three seconds of hard cuts came to 1.28 times the rate.
 */
function tooManyBits(
  { rung: { maxrateBps, bufsizeBits }, rendition }: VideoPresentation,
  { durationMs, chunkCount }: { durationMs: number; chunkCount: number },
): string[] {
  const { averageBps } = measureBandwidth(rendition.segments, rendition.timescale);
  const allowedBps = maxrateBps + (chunkCount * bufsizeBits * 1000) / durationMs;
  if (averageBps <= allowedBps * BITRATE_TOLERANCE) return [];
  return [`${folderOf({ rendition })} takes ${averageBps} bit/s on average, planned were at most ${maxrateBps}.`];
}

function problemsOf({ durationMs, sourceDurationMs, audioOffsetMs, renditions }: Omit<QualityReport, 'faults' | 'problems'>): string[] {
  const off = Math.abs(durationMs - sourceDurationMs);
  return [
    ...(off > DURATION_TOLERANCE_MS ? [`The streams last ${durationMs} ms, the source ${sourceDurationMs} ms.`] : []),
    ...(Math.abs(audioOffsetMs ?? 0) >= AUDIO_OFFSET_TOLERANCE_MS ? [`Audio starts ${audioOffsetMs} ms after the picture.`] : []),
    ...renditions.flatMap(({ folder, vmaf, vmafBar }) => [
      ...(vmaf && vmafBar !== null && vmaf.mean <= vmafBar
        ? [`${folder} has a VMAF of ${vmaf.mean.toFixed(1)}, wanted are more than ${vmafBar}.`]
        : []),
    ]),
  ];
}

function folderOf({ rendition }: Pick<VideoPresentation, 'rendition'>): string {
  return renditionFolder(rendition.ref);
}

function mean(values: readonly number[]): number {
  return Math.round((values.reduce((sum, value) => sum + value, 0) / values.length) * 100) / 100;
}
