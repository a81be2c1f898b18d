import type { ChunkPlan, Plan, VideoRung } from '../../../temporal/contract/media/plan';
import { chunkFrames, chunkInputArgs, rungFilter } from '../encode/chunk-frames';
import { planColour } from '../encode/colour';
import { drawMark, markFilters, markInputArgs, type DrawnMark } from '../encode/watermark/draw-watermark';
import { signatureBranch, signatureOutputArgs } from '../proof/signatures';

/** Places of a title that are looked at, and frames at each: enough to see a bad ladder, at a few percent of the encoding. */
const MOST_SAMPLES = 3;
const FRAMES_PER_SAMPLE = 24;
/** Every third frame is judged; all are decoded. */
const JUDGED_EVERY = 3;

/** The start of a chunk: a place that every rendition has a segment for and the plan a seek. */
export interface QualitySample {
  chunk: ChunkPlan;
  frames: number;
}

/** Starts of chunks spread over the title; the first frames of a title are often black, so one chunk of several skips them. */
export function qualitySamples({ chunks }: Pick<Plan, 'chunks'>): QualitySample[] {
  const candidates = chunks.length > 2 ? chunks.slice(1) : chunks;
  const count = Math.min(MOST_SAMPLES, candidates.length);
  return Array.from({ length: count }, (_, index) => {
    const chunk = candidates[Math.floor(((index + 0.5) * candidates.length) / count)] as ChunkPlan;
    return { chunk, frames: Math.min(FRAMES_PER_SAMPLE, chunk.endFrame - chunk.startFrame) };
  });
}

export interface VmafInput {
  sourceUrl: string;
  plan: Pick<Plan, 'grid' | 'source'>;
  sample: QualitySample;
  /** One file per rung, the lowest last: the init segment and the segment at the start of the sample's chunk. */
  renditions: readonly { rung: Pick<VideoRung, 'width' | 'height' | 'hdr'>; path: string; logPath: string; signaturesPath: string }[];
  /** Drawn on the frames of the source as it was drawn on the renditions; none when it is left out. */
  mark?: DrawnMark | null;
  /** Where to leave the signatures of the source frames, as the lowest rung gets them. */
  sourceSignaturesPath: string;
}

/** ffmpeg arguments that compare renditions with the source frames they were made from, at their own size, and take the signatures of both. */
export function vmafArgs(input: VmafInput): string[] {
  const { sourceUrl, plan, sample, renditions, mark } = input;
  const { chunk, frames } = sample;
  const hdr = renditions[0]?.rung.hdr;
  const source = { sourceUrl, plan, chunk: { ...chunk, endFrame: chunk.startFrame + frames }, hdr };
  const pads = renditions.map((_, index) => `[s${index}]`).join('');
  const last = renditions.length - 1;
  const graph = [
    `${chunkFrames(source)},split=${renditions.length}${pads}`,
    ...(mark ? markFilters(plan, mark, { rungs: renditions.map(({ rung }) => rung), input: renditions.length + 1 }) : []),
    ...renditions.flatMap(({ rung, logPath }, index) => [
      `[s${index}]${rungFilter(plan, rung)}${mark ? drawMark(mark, rung, index) : ''},${NUMBERED}${index === last ? `,${signatureBranch(`r${index}`, 'source')}` : `[r${index}]`}`,
      `[${index + 1}:v]trim=end_frame=${frames},format=${planColour(plan.source.video, hdr).pixelFormat},${NUMBERED},${signatureBranch(`d${index}`, `shown${index}`)}`,
      `[d${index}][r${index}]libvmaf=log_fmt=json:log_path=${logPath}:n_subsample=${JUDGED_EVERY}[o${index}]`,
    ]),
  ];
  const signatures = [
    { pad: 'source', path: input.sourceSignaturesPath },
    ...renditions.map(({ signaturesPath }, index) => ({ pad: `shown${index}`, path: signaturesPath })),
  ];
  return [
    ...['-hide_banner', '-nostdin', '-nostats', '-v', 'warning', '-y', '-filter_complex_threads', '2'],
    ...chunkInputArgs(source),
    ...renditions.flatMap(({ path }) => ['-threads', '1', '-protocol_whitelist', 'file', '-format_whitelist', 'mov', '-i', path]),
    ...(mark ? markInputArgs(mark) : []),
    ...['-filter_complex', graph.join(';')],
    ...renditions.flatMap((_, index) => ['-map', `[o${index}]`, '-fps_mode', 'passthrough', '-f', 'null', '-']),
    ...signatures.flatMap(({ pad, path }) => ['-map', `[${pad}]`, ...signatureOutputArgs(path, NUMBERED_TICK)]),
  ];
}

const NUMBERED_TICK = '1/25';

/** Pairs frames by number, whatever their clocks say. */
const NUMBERED = `settb=${NUMBERED_TICK},setpts=N`;
