import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { ObjectStore } from '../../infra/object-store/object-store';
import type { PlanRef, RunRef } from '../../temporal/contract/activities';
import type { SplitResult } from '../../temporal/contract/results';
import { Failure } from '../../temporal/contract/failures';
import { isKnownVersion, ofKnownVersion } from '../../temporal/contract/format-version';
import type { CodecFamily } from '../../temporal/contract/media/families';
import { segmentsKeys } from '../../temporal/contract/object-keys';
import { OBJECTS } from '../../temporal/contract/media/objects';
import type { Plan } from '../../temporal/contract/media/plan';
import { planOf, recordedPlanOf, type RecordedPlan } from '../../workflows/planning/plan/recorded-plan';

/** Plans by hash: chunks of a video that run one after the other in this process parse theirs once. */
const cache = new LRUCache<string, Plan>({ max: 16 });

/** The recorded plan. Throws `PlanInvalid` when it is gone or is not the one that the run recorded, `PlanVersionUnknown`. */
export async function loadPlan(objects: ObjectStore, ref: PlanRef): Promise<Plan> {
  const cached = cache.get(ref.planSha256);
  if (cached) return cached;
  const { videoId, generation, joins } = ref;
  const recorded = await objects.get('segments', segmentsKeys.plan(videoId, generation, joins));
  if (!recorded) throw new Failure('PlanInvalid', 'The recorded plan of this video is gone.');
  const isFirst = sha256(recorded) === ref.planSha256;
  const bytes = isFirst ? recorded : await objects.get('segments', segmentsKeys.planOnCpu(videoId, generation, joins));
  if (!bytes || sha256(bytes) !== ref.planSha256) throw new Failure('PlanInvalid', 'The recorded plan of this video was changed.');
  const plan = parsePlan(bytes);
  ofKnownVersion(plan);
  cache.set(ref.planSha256, plan);
  return plan;
}

/** The plan that a generation has recorded, or that of a family which joins it, with its hash, or null when there is none that this release can read. */
export async function recordedPlan(
  objects: ObjectStore,
  run: RunRef,
  joins?: CodecFamily,
): Promise<{ plan: Plan; planSha256: string } | null> {
  const replaced = await planOnCpuOf(objects, run, joins);
  if (replaced) return replaced;
  const bytes = await objects.get('segments', segmentsKeys.plan(run.videoId, run.generation, joins));
  if (!bytes) return null;
  const plan = parsePlan(bytes);
  return isKnownVersion(plan) ? { plan, planSha256: sha256(bytes) } : null;
}

/** The plan that has replaced the first one when a GPU failed, with its hash; null where none did. */
export async function planOnCpuOf(
  objects: ObjectStore,
  run: RunRef,
  joins?: CodecFamily,
): Promise<{ plan: Plan; planSha256: string } | null> {
  const bytes = await objects.get('segments', segmentsKeys.planOnCpu(run.videoId, run.generation, joins));
  return bytes && { plan: parsePlan(bytes), planSha256: sha256(bytes) };
}

/** Records the plan that replaces the first one. Resolves to its hash. */
export async function recordPlanOnCpu(objects: ObjectStore, plan: Plan, joins?: CodecFamily): Promise<string> {
  const text = JSON.stringify(recordedPlanOf(plan));
  await objects.put('segments', segmentsKeys.planOnCpu(plan.videoId, plan.generation, joins), text, OBJECTS.record);
  return sha256(Buffer.from(text));
}

/** What workflows know of the encoding that a plan asks for. */
export function encodingOf(plan: Plan): Pick<SplitResult, 'families' | 'transcodeSlots'> {
  return {
    families: plan.families.map(({ family, encoder, needsGpu }) => ({
      family,
      chunkCount: plan.chunks.length,
      ...(encoder ? { encoder } : {}),
      ...(needsGpu ? { needsGpu } : {}),
    })),
    transcodeSlots: plan.transcodeSlots,
  };
}

/**
 * Records the plan of a generation, or of a family that joins it, once: when there is one already, that one stands. Resolves to its hash
 * and content.
 */
export async function recordPlan(objects: ObjectStore, plan: Plan, joins?: CodecFamily): Promise<{ plan: Plan; planSha256: string }> {
  const key = segmentsKeys.plan(plan.videoId, plan.generation, joins);
  await objects.putIfAbsent('segments', key, JSON.stringify(recordedPlanOf(plan)), OBJECTS.record);
  const recorded = await recordedPlan(objects, plan, joins);
  if (!recorded) throw new Failure('StorageUnavailable', 'The plan could not be read back.');
  return recorded;
}

/** Plans outlive the code that recorded them. */
function parsePlan(bytes: Uint8Array): Plan {
  return planOf(JSON.parse(Buffer.from(bytes).toString('utf8')) as RecordedPlan);
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
