import type { ChunkPlan, FamilyPlan, Fraction, Interlacing, Plan, VideoRung } from '../../temporal/contract/plan';
import { captureFilter, captureOutputArgs, type CaptureRequest } from './captures';
import { planColour } from './colour';
import { fractionText, leastCommonMultiple, usToSeconds6 } from './frame-rate';
import { originOutputArgs, SIGNATURE_FILTER, signatureOutputArgs, type ProofFiles } from './proof/signatures';
import { sourceInput } from './source-input';

export interface RungOutput {
  rungName: string;
  path: string;
}

export interface H264ChunkInput {
  sourceUrl: string;
  plan: Pick<Plan, 'grid' | 'source'>;
  family: FamilyPlan;
  chunk: Pick<ChunkPlan, 'startFrame' | 'endFrame' | 'seekUs'>;
  /** One file per rung of the family. */
  outputs: readonly RungOutput[];
  /** Pictures to take of the decoded frames on the way, or null. */
  captures: CaptureRequest | null;
  /** Where to leave what the last output, the lowest rung, is proved against, or null. */
  proof: ProofFiles | null;
}

/**
 * With a rate cap and several threads, x264's rate control depends on how the threads happen to interleave, and a chunk run
 * again gets other bytes. Rungs and chunks run in parallel instead.
 */
const ENCODER_THREADS = 1;
const DECODER_THREADS = 2;
const FILTER_THREADS = 2;

const PRESET = 'veryfast';

/** `accurate_rnd` and `bitexact` give the same pixels on every CPU, whatever vector instructions it has. */
const SCALER_FLAGS = 'bicubic+accurate_rnd+full_chroma_int+bitexact';

/**
 * ffmpeg arguments that decode the frames of a chunk once and encode every rung of the family from them. Each output is
 * an MP4 that starts at zero, has one timescale tick per `1/num` second and a key frame at every segment start.
 * Throws RangeError when an output has no rung.
 */
export function h264ChunkArgs(input: H264ChunkInput): string[] {
  const { sourceUrl, plan, chunk, outputs } = input;
  return [
    ...['-hide_banner', '-nostdin', '-nostats', '-v', 'warning', '-progress', 'pipe:1', '-y'],
    ...['-filter_complex_threads', String(FILTER_THREADS)],
    // Times as the container has them, for every chunk alike.
    '-copyts',
    // The frames between the key frame and the chunk are cut off by their times, so the seek need not be exact.
    '-noaccurate_seek',
    // A size that changes in the middle would build the filters anew and count frames from zero again; the scaler copes.
    ...['-reinit_filter', '0'],
    ...['-threads', String(DECODER_THREADS)],
    ...(chunk.seekUs > 0 ? ['-ss', usToSeconds6(chunk.seekUs)] : []),
    ...sourceInput(sourceUrl),
    ...['-filter_complex', filterGraph(input)],
    ...outputs.flatMap((output, index) => outputArgs(input, output, index)),
    ...(input.captures ? ['-map', '[captures]', ...captureOutputArgs(input.captures)] : []),
    ...(input.proof ? ['-map', '[signatures]', ...signatureOutputArgs(input.proof.signaturesPath, tickOfFrame(plan))] : []),
  ];
}

/** The frame number of a `-progress` line, or null for its other lines. */
export function parseProgressFrame(line: string): number | null {
  const match = /^frame=\s*(\d+)\s*$/.exec(line);
  return match ? Number(match[1]) : null;
}

function filterGraph(input: H264ChunkInput): string {
  const { plan, outputs, captures } = input;
  const { toneMap, scaler, marks } = planColour(plan.source.video);
  const scalers = outputs.map((output, index) => {
    const { width, height } = rungOf(input.family, output);
    const proved = input.proof !== null && index === outputs.length - 1;
    const end = proved ? `,split[v${index}][p];[p]${SIGNATURE_FILTER}[signatures]` : `[v${index}]`;
    return `[s${index}]scale=${width}:${height}:flags=${SCALER_FLAGS}:${scaler},setsar=1,format=yuv420p,${marks}${end}`;
  });
  const branches = captures ? [...scalers, `[s${outputs.length}]${captureFilter(captures)}[captures]`] : scalers;
  const pads = branches.map((_, index) => `[s${index}]`).join('');
  const frames = [...gridFrames(input), ...toneMap].join(',');
  return [`[0:${plan.source.video.streamIndex}]${frames},split=${branches.length}${pads}`, ...branches].join(';');
}

/**
 * The frames of the chunk, numbered from zero. Every source timestamp is rounded to a slot of the grid that starts at the
 * first frame of the title. Slots before the chunk are cut off; a slot without a frame of its own, because the rate varies
 * or the frame is damaged, shows the frame before.
 */
function gridFrames({ plan, chunk }: H264ChunkInput): string[] {
  const { firstPts, timebase, interlacing } = plan.source.video;
  const { frameRate } = plan.grid;
  const tick = commonTick(timebase, frameRate);
  const ticksPerPts = (timebase.num * tick.den) / timebase.den;
  const chunkStart = Math.round(firstPts * ticksPerPts + (chunk.startFrame * frameRate.den * tick.den) / frameRate.num);
  return [
    `settb=${fractionText(tick)}`,
    `setpts=PTS-(${chunkStart})`,
    ...(DEINTERLACERS[interlacing] ?? []),
    // Zero is the start of the chunk: slots before it are dropped, and a start without a frame is filled.
    `fps=${fractionText(frameRate)}:start_time=0:round=near:eof_action=pass`,
    'tpad=stop=-1:stop_mode=clone',
    `settb=${tickOfFrame(plan)}`,
    'setpts=N',
    // Without the end, the captures would go on decoding to the end of the source.
    `trim=end_frame=${chunk.endFrame - chunk.startFrame}`,
  ];
}

/** One frame out for each frame in; fields of marked pictures are told apart by their marks. */
const DEINTERLACERS: Record<Interlacing, string[]> = {
  none: [],
  marked: ['bwdif=mode=send_frame:parity=auto:deint=interlaced'],
  'top-first': ['bwdif=mode=send_frame:parity=tff:deint=all'],
  'bottom-first': ['bwdif=mode=send_frame:parity=bff:deint=all'],
};

/** Filters keep timebases in 32 bits, and the deinterlacer doubles them. */
const LARGEST_TIMEBASE = 2 ** 30;

/** A tick in which both timestamps and slots are whole, so that all chunks round alike; the source's where there is none. */
function commonTick(timebase: Fraction, frameRate: Fraction): Fraction {
  const den = leastCommonMultiple(timebase.den, frameRate.num);
  return den <= LARGEST_TIMEBASE ? { num: 1, den } : timebase;
}

function outputArgs(input: H264ChunkInput, output: RungOutput, index: number): string[] {
  const { plan, chunk, family } = input;
  const { frameRate, framesPerSegment } = plan.grid;
  const rung = rungOf(family, output);
  return [
    ...['-map', `[v${index}]`, '-frames:v', String(chunk.endFrame - chunk.startFrame)],
    ...['-an', '-sn', '-dn', '-map_metadata', '-1', '-map_chapters', '-1'],
    ...['-c:v', 'libx264', '-preset', PRESET, '-threads', String(ENCODER_THREADS)],
    ...['-profile:v', rung.profile, '-level:v', rung.level],
    ...['-crf', String(rung.crf), '-maxrate', String(rung.maxrateBps), '-bufsize', String(rung.bufsizeBits)],
    // One closed GOP per segment: a key frame at every segment start and nowhere else.
    ...['-flags', '+cgop', '-g', String(framesPerSegment), '-keyint_min', String(framesPerSegment), '-sc_threshold', '0'],
    // Timestamps are frame numbers already; nothing may drop, repeat or round them.
    ...['-fps_mode', 'passthrough', '-enc_time_base', tickOfFrame(plan)],
    ...(input.proof && index === input.outputs.length - 1 ? originOutputArgs(input.proof.originsPath) : []),
    ...['-video_track_timescale', String(frameRate.num), '-f', 'mp4', output.path],
  ];
}

function tickOfFrame({ grid }: Pick<Plan, 'grid'>): string {
  return `${grid.frameRate.den}/${grid.frameRate.num}`;
}

function rungOf(family: FamilyPlan, output: RungOutput): VideoRung {
  const rung = family.rungs.find(({ name }) => name === output.rungName);
  if (!rung) throw new RangeError(`no rung ${output.rungName} in the plan`);
  return rung;
}
