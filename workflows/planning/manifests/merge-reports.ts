import type { ChunkPlan, Plan } from '../../../temporal/contract/media/plan';
import { isSameRendition, renditionFolder } from '../../../temporal/contract/media/renditions';
import type { ChunkReport, RenditionReport } from '../../../temporal/contract/media/reports';
import { mixesTools } from '../run/tool-mixture';
import { checkChunk } from '../proof/check-chunk';

/** Reports that do not make one gapless title; publishing them would publish a broken one. */
export class ReportMismatchError extends Error {
  override readonly name = 'ReportMismatchError';
}

/** Chunks that were made with different versions of the tools: they may be right, and are not joined all the same. */
export class ToolMixtureError extends Error {
  override readonly name = 'ToolMixtureError';
}

/**
 * The whole renditions of one codec family, from the reports of all its chunks in order. Throws {@link ReportMismatchError} for a
 * missing or misplaced chunk, a segment whose frames or ticks are not those of the grid, and for renditions whose init
 * segments or codecs differ between chunks; {@link ToolMixtureError} for chunks of different tools.
 */
export function mergeReports(reports: readonly ChunkReport[], plan: Pick<Plan, 'grid' | 'chunks'>): RenditionReport[] {
  if (reports.length !== plan.chunks.length) throw new ReportMismatchError(`${reports.length} of ${plan.chunks.length} chunks`);
  const first = reports[0];
  if (first === undefined) throw new ReportMismatchError('a plan without chunks');
  if (mixesTools(reports)) throw new ToolMixtureError('chunks of different tools');
  plan.chunks.forEach((chunk, index) => checkReport(reports[index] as ChunkReport, { chunk, plan, first }));
  return first.renditions.map((rendition, index) => ({
    ...rendition,
    segments: reports.flatMap((report) => report.renditions[index]?.segments ?? []),
  }));
}

function checkReport(report: ChunkReport, expected: { chunk: ChunkPlan; plan: Pick<Plan, 'grid'>; first: ChunkReport }): void {
  const { chunk, plan, first } = expected;
  const refuse = (reason: string) => new ReportMismatchError(`chunk ${chunk.index}: ${reason}`);
  if (report.planSha256 !== first.planSha256 || report.family !== first.family) throw refuse('made from another plan');
  if (report.chunkIndex !== chunk.index || report.startFrame !== chunk.startFrame || report.endFrame !== chunk.endFrame) {
    throw refuse('not the one at this place of the plan');
  }
  const problem = checkChunk(plan.grid, chunk, report.renditions);
  if (problem) throw refuse(problem);
  if (report.renditions.length !== first.renditions.length) throw refuse('another number of renditions');
  report.renditions.forEach((rendition, index) => {
    const difference = differenceTo(first.renditions[index] as RenditionReport, rendition);
    if (difference) throw refuse(`${renditionFolder(rendition.ref)} has another ${difference} than the first chunk`);
  });
}

function differenceTo(first: RenditionReport, other: RenditionReport): string | null {
  if (!isSameRendition(first.ref, other.ref)) return 'name';
  const same = ['codec', 'initSha256', 'timescale', 'initName'] as const;
  return same.find((field) => first[field] !== other[field]) ?? null;
}
