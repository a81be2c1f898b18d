import type { ObjectStore } from '../../infra/object-store/object-store';
import type { ChunkRef } from '../../temporal/contract/activities';
import { Failure } from '../../temporal/contract/failures';
import { FORMAT_VERSION } from '../../temporal/contract/format-version';
import type { CodecFamily } from '../../temporal/contract/media/families';
import type { ChunkPlan, FamilyPlan, Plan } from '../../temporal/contract/media/plan';
import type { ChunkReport, RenditionReport, ToolVersions } from '../../temporal/contract/media/reports';
import { clearPlace } from '../../temporal/contract/object-keys';
import { encoderOf } from '../../workflows/planning/families/hardware/encoder-of';
import type { Family } from '../../workflows/planning/families/family';
import { lostObjects } from '../../workflows/planning/run/chunk-objects';
import { sameTools } from '../../workflows/planning/run/tool-mixture';
import { familySizes } from '../bookkeeping/find-missing-chunks';
import { withSession } from '../hardware/with-session';
import { toolVersions } from '../media-tools/tool-versions';
import type { ActivityDependencies } from '../task/activity-dependencies';
import type { TaskContext } from '../task/run-task';

/** A chunk, or a stretch of one, and what makes it. */
export interface ChunkWork {
  plan: Plan;
  family: Family;
  familyPlan: FamilyPlan;
  chunk: ChunkPlan;
  madeWith: ToolVersions;
}

type ChunkPlace = Pick<ChunkRef, 'family' | 'chunkIndex' | 'planSha256'>;

/** The work on a chunk of a plan. Throws `EncoderMissing`, and `PlanInvalid` where the plan does not have the chunk. */
export async function chunkWork(
  deps: ActivityDependencies,
  task: TaskContext,
  { plan, ref }: { plan: Plan; ref: ChunkPlace },
): Promise<ChunkWork> {
  const familyPlan = plan.families.find((one) => one.family === ref.family);
  const chunk = plan.chunks[ref.chunkIndex];
  if (!familyPlan || !chunk) throw new Failure('PlanInvalid', 'The recorded plan does not have this chunk.');
  const family = encoderOf(familyPlan);
  return { plan, family, familyPlan, chunk, madeWith: await versionsOf(deps, task, { family, familyPlan }) };
}

/** Of the tools, the encoder that was planned among them: it proves here that it works. */
function versionsOf(deps: ActivityDependencies, { signal }: TaskContext, { family, familyPlan }: Pick<ChunkWork, 'family' | 'familyPlan'>) {
  const ask = () => toolVersions({ tools: deps.tools, runTool: (run) => deps.runTool(run) }, family);
  return familyPlan.encoder ? withSession(signal, ask) : ask();
}

/** The sizes of the stored objects of a family, listed when they are first asked for. */
export type FamilySizes = () => ReturnType<typeof familySizes>;

export function sizesOf(objects: ObjectStore, plan: Plan, family: CodecFamily): FamilySizes {
  let listing: ReturnType<FamilySizes> | undefined;
  return () => (listing ??= familySizes(objects, clearPlace(plan), family));
}

/** A report counts only while everything that it names is stored, and for the plan and the tools that it was made with. */
export async function stands(
  report: ChunkReport,
  { planSha256 }: Pick<ChunkPlace, 'planSha256'>,
  { work, sizes }: { work: Pick<ChunkWork, 'madeWith'>; sizes: FamilySizes },
): Promise<boolean> {
  if (report.planSha256 !== planSha256 || !sameTools(report.madeWith, work.madeWith)) return false;
  return lostObjects(report, await sizes()).length === 0;
}

/** The report of these renditions of a chunk or a stretch. */
export function reportOf(
  { planSha256, family, chunkIndex }: ChunkPlace,
  { chunk: { startFrame, endFrame }, madeWith }: Pick<ChunkWork, 'chunk' | 'madeWith'>,
  renditions: RenditionReport[],
): ChunkReport {
  return { formatVersion: FORMAT_VERSION, planSha256, family, chunkIndex, startFrame, endFrame, madeWith, renditions };
}

/** In the order of the plan, in whatever order they were made. */
export function inOrder({ rungs }: FamilyPlan, renditions: readonly RenditionReport[]): RenditionReport[] {
  return rungs.flatMap(({ name }) => renditions.filter(({ ref }) => ref.name === name));
}
