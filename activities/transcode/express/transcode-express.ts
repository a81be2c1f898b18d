import { join } from 'node:path';
import type { ObjectStore } from '../../../infra/object-store/object-store';
import type { ExpressRef } from '../../../temporal/contract/activities';
import { Failure } from '../../../temporal/contract/failures';
import { clearPlace, segmentsKeys } from '../../../temporal/contract/object-keys';
import { EXPRESS_QUEUE } from '../../../temporal/contract/queues';
import type { ChunkReport, RenditionReport } from '../../../temporal/contract/media/reports';
import { chunkScratchBytes } from '../../../workflows/planning/encode/scratch-need';
import { stretchWith } from '../../../workflows/planning/plan/stretches';
import { lostObjects } from '../../../workflows/planning/run/chunk-objects';
import { rungsAhead } from '../../../workflows/planning/run/express';
import { sameTools } from '../../../workflows/planning/run/tool-mixture';
import { firstSegmentOf } from '../../../workflows/planning/timeline/segment-grid';
import type { ActivityBinding } from '../../activity-binding';
import { familySizes } from '../../bookkeeping/find-missing-chunks';
import { loadLeadReport, storeLeadReport } from '../../renditions/report-store';
import type { ActivityDependencies } from '../../task/activity-dependencies';
import { loadPlan } from '../../task/plan-store';
import { runTask } from '../../task/run-task';
import { fetchMark } from '../../watermark/fetch-mark';
import { chunkWork, reportOf, type ChunkWork } from '../chunk-work';
import { proveParameterSets } from '../prove-chunk';
import { makeProved, throwProblem, uploadGroup } from '../proved-group';
import { rightOfWay } from './right-of-way';

/**
 * Makes the smallest rungs of a stretch of a chunk for viewers who wait for one of its segments, and proves and stores them: the chunk takes what is
 * there and makes the rest. What the stretch is depends on the plan and on the cuts alone, and so do its bytes. Throws `EncodeFailed`,
 * `OutputInvalid`, `PlanInvalid`, `EncoderMissing`, `ScratchFull`.
 */
export async function transcodeExpress(deps: ActivityDependencies, ref: ExpressRef): Promise<void> {
  const { videoId, generation, family, segment, cuts = [] } = ref;
  const taskRef = { videoId, generation, taskType: 'express', codec: family, segmentIndex: segment } as const;
  await runTask<void>(deps, { ref: taskRef, policy: 'express' }, async (task) => {
    const plan = await loadPlan(task.objects, ref);
    const work = await chunkWork(deps, task, { plan, ref });
    const chunk = stretchWith(plan, work.chunk, { segment, cuts });
    if (!chunk) throw new Failure('PlanInvalid', 'The recorded plan does not have this segment in this chunk.');
    const place = { ...ref, segment: firstSegmentOf(plan.grid, chunk) };
    const outputKey = segmentsKeys.leadReport(videoId, generation, family, place.segment);
    const stretch = { ...work, chunk };
    const rungs = rungsAhead(work.familyPlan);
    const nothing = { result: undefined, outputKey, bytesIn: 0, bytesOut: 0 };
    if (rungs.length === 0 || (await loadAhead(task.objects, { ref, stretch })).length > 0) return nothing;
    await task.needs(chunkScratchBytes({ ...stretch, family: { ...work.familyPlan, rungs: [...rungs] } }));
    const mark = await fetchMark(task.objects, plan, task.scratch);
    const group = { ...stretch, mark, rungs, leads: true, captures: null, folder: join(task.scratch, 'run'), progress: { from: 0, to: 1 } };
    const made = await rightOfWay.first(() => makeProved(deps, task, group));
    const { renditions, bytesIn } = made;
    throwProblem([made], await proveParameterSets(task.objects, ref, { renditions, madeWith: work.madeWith, isPart: true }));
    const bytesOut = await uploadGroup(task, made);
    await storeLeadReport(task.objects, place, reportOf(ref, stretch, renditions));
    return { ...nothing, bytesIn, bytesOut };
  });
}

/** What was made ahead of a stretch, as far as a chunk may take it: with its tools, and stored. Empty where nothing was. */
export async function loadAhead(
  objects: ObjectStore,
  { ref, stretch }: { ref: Pick<ExpressRef, 'videoId' | 'generation' | 'family' | 'planSha256'>; stretch: ChunkWork },
): Promise<RenditionReport[]> {
  const { plan, chunk, madeWith } = stretch;
  const report = await loadLeadReport(objects, { ...ref, segment: firstSegmentOf(plan.grid, chunk) });
  const isOfStretch = ({ planSha256, startFrame, endFrame }: ChunkReport) =>
    planSha256 === ref.planSha256 && startFrame === chunk.startFrame && endFrame === chunk.endFrame;
  if (!report || !isOfStretch(report) || !sameTools(report.madeWith, madeWith)) return [];
  const lost = lostObjects(report, await familySizes(objects, clearPlace(plan), ref.family));
  return lost.length > 0 ? [] : report.renditions;
}

export const expressBinding: ActivityBinding = {
  queue: EXPRESS_QUEUE,
  bind: (deps) => ({ transcodeExpress: (ref) => transcodeExpress(deps, ref) }),
};
