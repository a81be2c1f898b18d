import { join } from 'node:path';
import type { ExpressRef } from '../../../temporal/contract/activities';
import { Failure } from '../../../temporal/contract/failures';
import { segmentsKeys } from '../../../temporal/contract/object-keys';
import { EXPRESS_QUEUE } from '../../../temporal/contract/queues';
import { chunkScratchBytes } from '../../../workflows/planning/encode/scratch-need';
import { stretchWith } from '../../../workflows/planning/plan/stretches';
import { rungsAhead } from '../../../workflows/planning/run/express';
import { firstSegmentOf } from '../../../workflows/planning/timeline/segment-grid';
import type { ActivityBinding } from '../../activity-binding';
import type { ActivityDependencies } from '../../task/activity-dependencies';
import { loadPlan } from '../../task/plan-store';
import { runTask } from '../../task/run-task';
import { fetchMark } from '../../watermark/fetch-mark';
import { chunkWork, sizesOf } from '../chunk-work';
import { makeProved } from '../proved-group';
import { loadAhead, storeLead } from './leads';
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
    const outputKey = segmentsKeys.leadReport(videoId, generation, family, firstSegmentOf(plan.grid, chunk));
    const stretch = { ...work, chunk };
    const rungs = rungsAhead(work.familyPlan);
    const nothing = { result: undefined, outputKey, bytesIn: 0, bytesOut: 0 };
    const sizes = sizesOf(task.objects, plan, family);
    if (rungs.length === 0 || (await loadAhead(task.objects, ref, { stretch, sizes })).length > 0) return nothing;
    await task.needs(chunkScratchBytes({ ...stretch, family: { ...work.familyPlan, rungs: [...rungs] } }));
    const mark = await fetchMark(task.objects, plan, task.scratch);
    const group = { ...stretch, mark, rungs, leads: true, captures: null, folder: join(task.scratch, 'run'), progress: { from: 0, to: 1 } };
    const lead = await rightOfWay.first(() => makeProved(deps, task, group));
    const bytesOut = await storeLead(task, ref, { work: stretch, lead });
    return { ...nothing, bytesIn: lead.bytesIn, bytesOut };
  });
}

export const expressBinding: ActivityBinding = {
  queue: EXPRESS_QUEUE,
  bind: (deps) => ({ transcodeExpress: (ref) => transcodeExpress(deps, ref) }),
};
