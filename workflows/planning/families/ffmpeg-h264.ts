import type { ChunkPlan, FamilyPlan, Plan, VideoRung } from '../../../temporal/contract/plan';
import { captureFilter, captureOutputArgs, type CaptureRequest } from '../encode/captures';
import { chunkFrames, chunkInputArgs, rungFilter, tickOfFrame } from '../encode/chunk-frames';
import { originOutputArgs, signatureBranch, signatureOutputArgs, type ProofFiles } from '../proof/signatures';

export interface RungOutput {
  rungName: string;
  path: string;
}

export interface H264ChunkInput {
  sourceUrl: string;
  plan: Pick<Plan, 'grid' | 'source'>;
  family: FamilyPlan;
  chunk: Pick<ChunkPlan, 'startFrame' | 'endFrame' | 'seekUs' | 'heldSlot'>;
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
const FILTER_THREADS = 2;

const PRESET = 'veryfast';

/**
 * ffmpeg arguments that decode the frames of a chunk once and encode every rung of the family from them. Each output is
 * an MP4 that starts at zero, has one timescale tick per `1/num` second and a key frame at every segment start.
 * Throws RangeError when an output has no rung.
 */
export function h264ChunkArgs(input: H264ChunkInput): string[] {
  const { plan, outputs } = input;
  return [
    ...['-hide_banner', '-nostdin', '-nostats', '-v', 'warning', '-progress', 'pipe:1', '-y'],
    ...['-filter_complex_threads', String(FILTER_THREADS)],
    ...chunkInputArgs(input),
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
  const scalers = outputs.map((output, index) => {
    const proved = input.proof !== null && index === outputs.length - 1;
    const end = proved ? `,${signatureBranch(`v${index}`, 'signatures')}` : `[v${index}]`;
    return `[s${index}]${rungFilter(plan, rungOf(input.family, output))}${end}`;
  });
  const branches = captures ? [...scalers, `[s${outputs.length}]${captureFilter(captures)}[captures]`] : scalers;
  const pads = branches.map((_, index) => `[s${index}]`).join('');
  return [`${chunkFrames(input)},split=${branches.length}${pads}`, ...branches].join(';');
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

function rungOf(family: FamilyPlan, output: RungOutput): VideoRung {
  const rung = family.rungs.find(({ name }) => name === output.rungName);
  if (!rung) throw new RangeError(`no rung ${output.rungName} in the plan`);
  return rung;
}
