import type { ObjectStore } from '../../../infra/object-store/object-store';
import type { ChunkRef } from '../../../temporal/contract/activities';
import type { RenditionReport } from '../../../temporal/contract/media/reports';
import { firstSegmentOf } from '../../../workflows/planning/timeline/segment-grid';
import { loadLeadReport, storeLeadReport } from '../../renditions/report-store';
import type { TaskContext } from '../../task/run-task';
import { reportOf, stands, type ChunkWork, type FamilySizes } from '../chunk-work';
import type { MadeGroup } from '../make-group';
import { proveParameterSets } from '../prove-chunk';
import { throwProblem, uploadGroup } from '../proved-group';

type FamilyPart = Pick<ChunkRef, 'videoId' | 'generation' | 'family' | 'chunkIndex' | 'planSha256'>;

/**
 * Stores rungs that are made before the others of a stretch, for viewers who begin with them, and their report. Their parameter sets are held
 * against those of the chunks that are done, if any is. Resolves to the bytes stored.
 */
export async function storeLead(task: TaskContext, ref: FamilyPart, { work, lead }: { work: ChunkWork; lead: MadeGroup }): Promise<number> {
  const { renditions } = lead;
  throwProblem([lead], await proveParameterSets(task.objects, ref, { renditions, madeWith: work.madeWith, isPart: true }));
  const bytes = await uploadGroup(task, lead);
  await storeLeadReport(task.objects, placeOf(ref, work), reportOf(ref, work, renditions));
  return bytes;
}

/** What was made ahead of a stretch, as far as a chunk may take it. Empty where nothing was. */
export async function loadAhead(
  objects: ObjectStore,
  ref: FamilyPart,
  { stretch, sizes }: { stretch: ChunkWork; sizes: FamilySizes },
): Promise<RenditionReport[]> {
  const report = await loadLeadReport(objects, placeOf(ref, stretch));
  const isOfStretch = report?.startFrame === stretch.chunk.startFrame && report.endFrame === stretch.chunk.endFrame;
  return report && isOfStretch && (await stands(report, ref, { work: stretch, sizes })) ? report.renditions : [];
}

function placeOf({ videoId, generation, family }: FamilyPart, { plan, chunk }: ChunkWork) {
  return { videoId, generation, family, segment: firstSegmentOf(plan.grid, chunk) };
}
