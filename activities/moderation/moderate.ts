import { readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlanRef } from '../../temporal/contract/activities';
import type { TaskResult } from '../../temporal/contract/results';
import { Failure } from '../../temporal/contract/failures';
import { FORMAT_VERSION } from '../../temporal/contract/format-version';
import type { FrameScore, ModerationReport, ModerationRequest } from '../../temporal/contract/media/moderation';
import { OBJECTS } from '../../temporal/contract/media/objects';
import type { Plan } from '../../temporal/contract/media/plan';
import { moderationKeys } from '../../temporal/contract/object-keys';
import { chosenPictures, flaggedSentence, roundedScore, summaryOf } from '../../workflows/planning/moderation/judge-scores';
import { sampleScratchBytes, shownPictureName } from '../../workflows/planning/moderation/sample-args';
import { frameTimeMs, sampleBatches, samplingStep } from '../../workflows/planning/moderation/sampling';
import type { ActivityBinding } from '../activity-binding';
import type { ActivityDependencies } from '../task/activity-dependencies';
import { largestRangeBytes } from '../renditions/join-segments';
import { loadPlan } from '../task/plan-store';
import { runTask, type TaskContext } from '../task/run-task';
import { sampleBatch, smallestRendition } from './sample-rendition';

/** A scored frame, and its picture in the scratch folder if it is flagged. */
interface ScoredFrame extends FrameScore {
  picture: string;
}

interface Scored {
  frames: ScoredFrame[];
  bytesIn: number;
}

/**
 * Scores sampled frames of the smallest finished rendition, stores the scores and the flagged pictures, and notes in the row how they
 * ended. Throws `ModerationUnavailable`, `OutputInvalid`, `PlanInvalid` and `ScratchFull`.
 */
export async function moderate(deps: ActivityDependencies, ref: PlanRef): Promise<TaskResult> {
  const outputKey = moderationKeys.report(ref.videoId, ref.generation);
  return runTask(deps, { ref: { ...ref, taskType: 'moderation' }, policy: 'moderation' }, async (task) => {
    const plan = await loadPlan(task.objects, ref);
    const request = (await deps.videos.find(ref.videoId))?.encoding.moderation;
    if (!request) throw new Failure('PlanInvalid', 'This video does not say how it is moderated.');
    const { frames, bytesIn } = await scoreTitle(deps, task, { plan, request });
    const bytesOut = await storeFindings(deps, task, { plan, request, frames });
    await recordFindings(deps, ref, { request, frames });
    return { result: { bytesOut }, outputKey, bytesIn, bytesOut };
  });
}

async function scoreTitle(
  deps: ActivityDependencies,
  task: TaskContext,
  { plan, request }: { plan: Plan; request: ModerationRequest },
): Promise<Scored> {
  const rendition = await smallestRendition(task.objects, plan);
  const batches = sampleBatches(plan.grid);
  await task.needs(sampleScratchBytes(largestRangeBytes(rendition, batches), batches));
  const scored: Scored = { frames: [], bytesIn: 0 };
  for (const [index, batch] of batches.entries()) {
    const { pictures, bytesIn } = await sampleBatch(deps.tools.ffmpeg, task, { plan, rendition, batch });
    const scores = (await deps.frameScorer.score(pictures, task.signal)).map(roundedScore);
    scored.bytesIn += bytesIn;
    for (const [sample, frame] of batch.sampledFrames.entries()) {
      const one = { timeMs: frameTimeMs(plan.grid, frame), score: scores[sample]!, picture: join(task.scratch, `frame_${frame}.jpg`) };
      scored.frames.push(one);
      const picture = join(task.scratch, shownPictureName(sample));
      // The next batch takes the same names.
      await (one.score >= request.threshold ? rename(picture, one.picture) : rm(picture));
    }
    task.percent = (100 * (index + 1)) / batches.length;
  }
  return scored;
}

/** The report is stored last: it says which pictures there are. */
async function storeFindings(
  { frameScorer }: Pick<ActivityDependencies, 'frameScorer'>,
  { objects }: TaskContext,
  { plan, request: { threshold }, frames }: { plan: Plan; request: ModerationRequest; frames: readonly ScoredFrame[] },
): Promise<number> {
  const { videoId, generation, grid } = plan;
  const pictures = chosenPictures(frames, threshold);
  let bytesOut = 0;
  for (const [index, { picture }] of pictures.entries()) {
    const bytes = await readFile(picture);
    bytesOut += await objects.put('transcoded', moderationKeys.picture(videoId, generation, index + 1), bytes, OBJECTS.flaggedPicture);
  }
  const report: ModerationReport = {
    formatVersion: FORMAT_VERSION,
    model: { ...frameScorer.model },
    threshold,
    intervalMs: frameTimeMs(grid, samplingStep(grid)),
    frames: frames.map(scoreOf),
    pictures: pictures.map(scoreOf),
  };
  return (
    bytesOut +
    (await objects.put('transcoded', moderationKeys.report(videoId, generation), JSON.stringify(report), OBJECTS.moderationReport))
  );
}

async function recordFindings(
  { moderation, videos }: Pick<ActivityDependencies, 'moderation' | 'videos'>,
  ref: PlanRef,
  { request, frames }: { request: ModerationRequest; frames: readonly FrameScore[] },
): Promise<void> {
  const summary = summaryOf(frames, request.threshold);
  await moderation.setFindings(ref, summary);
  if (request.mode !== 'flag' || summary.flaggedFrames === 0) return;
  await videos.addWarning(ref, { step: 'moderation', code: 'ModerationFlagged', message: flaggedSentence(summary) });
}

function scoreOf({ timeMs, score }: FrameScore): FrameScore {
  return { timeMs, score };
}

export const moderationBinding: ActivityBinding = { queue: 'moderation', bind: (deps) => ({ moderate: (ref) => moderate(deps, ref) }) };
