import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../temporal/contract/failures';
import { firstFamilyOf } from '../../temporal/contract/media/families';
import type { Plan } from '../../temporal/contract/media/plan';
import { clearPlace } from '../../temporal/contract/object-keys';
import { SCORE_BYTES } from '../../workflows/planning/encode/ffmpeg-thumbnails';
import type { VideoPresentation } from '../../workflows/planning/manifests/presentation';
import { sampleBatches } from '../../workflows/planning/moderation/sampling';
import {
  LOOKS_NAME,
  LOOKS_PER_BATCH,
  lookStep,
  watchArgs,
  Watcher,
  type Moment,
  type TakenFrames,
} from '../../workflows/planning/pictures/watch';
import { joinSegments, largestRangeBytes } from '../renditions/join-segments';
import type { TaskContext } from '../task/run-task';

const BATCH_NAME = 'watched.mp4';

/** Enough for sheets and a preview; larger renditions cost more to decode. */
const WATCHED_SHORT_SIDE = 360;

export interface Watched {
  moments: readonly Moment[];
  bytesIn: number;
}

/** The smallest rendition of the first family whose shorter side has `least` pixels, or the largest that there is. Throws `PlanInvalid`. */
export function renditionFor(
  { families }: Pick<Plan, 'families'>,
  video: readonly VideoPresentation[],
  least = WATCHED_SHORT_SIDE,
): VideoPresentation {
  const first = firstFamilyOf(families.map(({ family }) => family));
  const ofFirst = video.filter(({ rendition }) => rendition.ref.family === first);
  const shortSide = ({ rung }: VideoPresentation) => Math.min(rung.width, rung.height);
  const ascending = [...ofFirst].sort((one, other) => shortSide(one) - shortSide(other));
  const found = ascending.find((one) => shortSide(one) >= least) ?? ascending.at(-1);
  if (!found) throw new Failure('PlanInvalid', 'The plan of this video has no rendition.');
  return found;
}

/** Scratch that watching takes, in bytes, beside the pictures that are taken on the way. */
export function watchScratchBytes(plan: Plan, { rendition }: VideoPresentation): number {
  return largestRangeBytes(rendition, batchesOf(plan)) + (LOOKS_PER_BATCH + 1) * SCORE_BYTES;
}

/**
 * Decodes a finished rendition once, a minute at a time, and tells what moves in it; frames of the title that are `taken` are left as
 * captures in the scratch folder. Throws `OutputInvalid` when a segment is gone or does not have the frames of the plan.
 */
export async function watchTitle(
  ffmpeg: string,
  task: TaskContext,
  { plan, of: { rendition }, taken }: { plan: Plan; of: VideoPresentation; taken?: Omit<TakenFrames, 'firstNumber'> },
): Promise<Watched> {
  const path = join(task.scratch, BATCH_NAME);
  const step = lookStep(plan.grid);
  const watcher = new Watcher(step);
  let bytesIn = 0;
  for (const batch of batchesOf(plan)) {
    bytesIn += await joinSegments(task.objects, { place: clearPlace(plan), rendition, range: batch, path });
    const endFrame = batch.endSegment * plan.grid.framesPerSegment;
    const inBatch = taken && takenWithin(taken, { startFrame: batch.startFrame, endFrame });
    await task.tool({ tool: ffmpeg, args: watchArgs(BATCH_NAME, { startFrame: batch.startFrame, step, taken: inBatch ?? null }) });
    const planes = await readFile(join(task.scratch, LOOKS_NAME));
    if (planes.length !== batch.sampledFrames.length * SCORE_BYTES) {
      throw new Failure('OutputInvalid', 'The finished segments do not have the frames of the plan; retry from the transcode step.');
    }
    for (let at = 0; at < planes.length; at += SCORE_BYTES) watcher.look(planes.subarray(at, at + SCORE_BYTES));
  }
  await rm(path, { force: true });
  return { moments: watcher.moments, bytesIn };
}

function batchesOf(plan: Pick<Plan, 'grid'>) {
  return sampleBatches(plan.grid, { step: lookStep(plan.grid), perBatch: LOOKS_PER_BATCH });
}

/** The frames that a batch holds, counted from its first one; null when it holds none. */
function takenWithin(
  { frames, width, height }: Omit<TakenFrames, 'firstNumber'>,
  { startFrame, endFrame }: { startFrame: number; endFrame: number },
): TakenFrames | null {
  const isInside = (frame: number) => frame >= startFrame && frame < endFrame;
  const first = frames.findIndex(isInside);
  if (first < 0) return null;
  return { frames: frames.filter(isInside).map((frame) => frame - startFrame), firstNumber: first + 1, width, height };
}
