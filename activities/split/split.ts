import type { SplitRef } from '../../temporal/contract/activities';
import type { SplitResult } from '../../temporal/contract/results';
import { Failure } from '../../temporal/contract/failures';
import { FIRST_WALK } from '../../temporal/contract/pipeline';
import { segmentsKeys } from '../../temporal/contract/object-keys';
import type { FrameTimes, Plan, SourceFacts } from '../../temporal/contract/media/plan';
import { sharedEncoders } from '../../workflows/planning/plan/choose-encoder';
import { planVideo } from '../../workflows/planning/plan/plan-video';
import { needlessSteps } from '../../workflows/planning/run/needless-steps';
import { firstFamilyOf } from '../../temporal/contract/media/families';
import { familyOf } from '../../workflows/planning/families/family';
import { haveFamiliesJoin } from '../families/family-books';
import type { ActivityBinding } from '../activity-binding';
import type { ActivityDependencies } from '../task/activity-dependencies';
import { encodingOf, recordPlan } from '../task/plan-store';
import { runTask } from '../task/run-task';

/** Makes and records the plan: ladder, frame grid, chunks. A plan recorded before for this generation stands. */
export async function split(deps: ActivityDependencies, run: SplitRef): Promise<SplitResult> {
  const { videoId, generation } = run;
  const ref = { videoId, generation, taskType: 'split' } as const;
  return runTask(deps, { ref, policy: 'split' }, async () => {
    const { plan, planSha256 } = await recordPlan(deps.objects, await draftPlan(deps, run));
    const encoding = encodingOf(plan);
    for (const { family, chunkCount } of encoding.families) {
      await deps.tasks.planChunks(run, family, chunkCount, { inputKey: plan.originalKey });
    }
    const skippedSteps = needlessSteps(plan);
    await deps.videos.setPlanned(run, { planSha256, skippedSteps, walk: plan.walk ?? FIRST_WALK });
    await deps.videos.advance(run, 'transcoding');
    const outputKey = segmentsKeys.plan(run.videoId, run.generation);
    const [video, families] = await Promise.all([deps.videos.find(videoId), deps.families.list(videoId)]);
    const hasJoiningFamilies = haveFamiliesJoin(video, families);
    const opens = plan.opensEarly ? { opensEarly: plan.opensEarly } : {};
    return {
      result: { planSha256, ...encoding, skippedSteps, ...opens, ...(hasJoiningFamilies ? { hasJoiningFamilies } : {}) },
      bytesIn: 0,
      bytesOut: 0,
      outputKey,
    };
  });
}

async function draftPlan(deps: ActivityDependencies, run: SplitRef): Promise<Plan> {
  const { videoId, generation, walk = FIRST_WALK } = run;
  const [video, source, frameTimes, transcodeSlots, gpuWorkers] = await Promise.all([
    deps.videos.find(videoId),
    deps.objects.getJson<SourceFacts>('segments', segmentsKeys.facts(videoId, generation)),
    deps.objects.getJson<FrameTimes>('segments', segmentsKeys.frameTimes(videoId, generation)),
    deps.countTranscodeSlots(),
    deps.gpuWorkers(),
  ]);
  if (!video || !source || !frameTimes) throw new Failure('PlanInvalid', 'The facts of the source are gone; retry from the probe step.');
  const { encoding, codecs, originalS3Key: originalKey } = video;
  const families = [familyOf(firstFamilyOf(codecs))];
  const gpuEncoders = sharedEncoders(gpuWorkers);
  const { clearPictureMaxHeight } = deps;
  return planVideo({
    ...{ clearPictureMaxHeight, videoId, generation, walk, families, encoding, gpuEncoders },
    originalKey,
    source,
    frameTimes,
    transcodeSlots,
  });
}

export const splitBinding: ActivityBinding = { queue: 'split', bind: (deps) => ({ split: (ref) => split(deps, ref) }) };
