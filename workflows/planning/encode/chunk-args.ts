import type { ChunkPlan, FamilyPlan, Plan, VideoRung } from '../../../temporal/contract/media/plan';
import { recipeOf } from '../../../temporal/contract/media/recipe';
import type { Family } from '../families/family';
import { originOutputArgs, signatureBranch, signatureOutputArgs, type ProofFiles } from '../proof/signatures';
import { captureFilter, captureOutputArgs, type CaptureRequest } from './captures';
import { drawMark, markFilters, markInputArgs, type DrawnMark } from './watermark/draw-watermark';
import { chunkFrames, chunkInputArgs, rungFilter, tickOfFrame } from './chunk-frames';

export interface RungOutput {
  rung: VideoRung;
  path: string;
}

export interface ChunkArgsInput {
  sourceUrl: string;
  plan: Pick<Plan, 'grid' | 'source' | 'recipe'>;
  family: Pick<Family, 'encoderArgs' | 'defaultSpeed' | 'deviceArgs' | 'frameFilter'>;
  familyPlan: Pick<FamilyPlan, 'speed'>;
  chunk: Pick<ChunkPlan, 'startFrame' | 'endFrame' | 'seekUs' | 'heldSlot'>;
  /** One file per rung, largest first. */
  outputs: readonly RungOutput[];
  /** Pictures to take of the decoded frames on the way, or null. */
  captures: CaptureRequest | null;
  /** Drawn on every output and in the signatures, never on the captures; none when it is left out. */
  mark?: DrawnMark | null;
  /** Where to write the signatures for checking the last output, the lowest rung, or null. */
  proof: ProofFiles | null;
}

const FILTER_THREADS = 2;

/**
 * ffmpeg arguments that decode the frames of a chunk once and encode every rung of a family from them. Each output is
 * an MP4 that starts at zero, has one timescale tick per `1/num` second and a key frame at every segment start.
 */
export function chunkArgs(input: ChunkArgsInput): string[] {
  const { plan, outputs, captures, mark, proof } = input;
  return [
    ...['-hide_banner', '-nostdin', '-nostats', '-v', 'warning', '-progress', 'pipe:1', '-y'],
    ...['-filter_complex_threads', String(FILTER_THREADS), ...(input.family.deviceArgs ?? [])],
    ...chunkInputArgs(input),
    ...(mark ? markInputArgs(mark) : []),
    ...['-filter_complex', filterGraph(input)],
    ...outputs.flatMap((output, index) => outputArgs(input, output, index)),
    ...(captures ? ['-map', '[captures]', ...captureOutputArgs(captures)] : []),
    ...(proof ? ['-map', '[signatures]', ...signatureOutputArgs(proof.signaturesPath, tickOfFrame(plan))] : []),
  ];
}

/** The frame number of a `-progress` line, or null for its other lines. */
export function parseProgressFrame(line: string): number | null {
  const match = /^frame=\s*(\d+)\s*$/.exec(line);
  return match ? Number(match[1]) : null;
}

function filterGraph(input: ChunkArgsInput): string {
  const { plan, outputs, captures, mark } = input;
  const scalers = outputs.map((output, index) => rungBranch(input, output, index));
  const branches = captures ? [...scalers, `[s${outputs.length}]${captureFilter(captures)}[captures]`] : scalers;
  const pads = branches.map((_, index) => `[s${index}]`).join('');
  const marks = mark ? markFilters(plan, mark, { rungs: outputs.map(({ rung }) => rung), input: 1 }) : [];
  return [`${chunkFrames({ ...input, hdr: outputs[0]?.rung.hdr })},split=${branches.length}${pads}`, ...marks, ...branches].join(';');
}

/** Scales the frames of the source to a rung; signatures are taken before frames leave the memory of the CPU. */
function rungBranch(input: ChunkArgsInput, { rung }: RungOutput, index: number): string {
  const { plan, family, mark } = input;
  const scaled = `[s${index}]${rungFilter(plan, rung)}${mark ? drawMark(mark, rung, index) : ''}`;
  const isSigned = isProved(input, index);
  if (!family.frameFilter) return isSigned ? `${scaled},${signatureBranch(`v${index}`, 'signatures')}` : `${scaled}[v${index}]`;
  if (!isSigned) return `${scaled},${family.frameFilter}[v${index}]`;
  return `${scaled},${signatureBranch(`p${index}`, 'signatures')};[p${index}]${family.frameFilter}[v${index}]`;
}

function outputArgs(input: ChunkArgsInput, { rung, path }: RungOutput, index: number): string[] {
  const { plan, chunk, family, familyPlan, proof } = input;
  const { framesPerSegment } = plan.grid;
  return [
    ...['-map', `[v${index}]`, '-frames:v', String(chunk.endFrame - chunk.startFrame)],
    ...['-an', '-sn', '-dn', '-map_metadata', '-1', '-map_chapters', '-1'],
    ...family.encoderArgs(rung, { framesPerSegment, recipe: recipeOf(plan), speed: familyPlan.speed ?? family.defaultSpeed }),
    // Timestamps are frame numbers already; nothing may drop, repeat or round them.
    ...['-fps_mode', 'passthrough', '-enc_time_base', tickOfFrame(plan)],
    ...(proof && isProved(input, index) ? originOutputArgs(proof.originsPath) : []),
    ...['-video_track_timescale', String(plan.grid.frameRate.num), '-f', 'mp4', path],
  ];
}

function isProved({ outputs, proof }: ChunkArgsInput, index: number): boolean {
  return proof !== null && index === outputs.length - 1;
}
