import { LRUCache } from 'lru-cache';
import type { ObjectStore } from '../../infra/object-store/object-store';
import type { FamilyRef, ProtectionRef, RunRef } from '../../temporal/contract/activities';
import { Failure } from '../../temporal/contract/failures';
import { FORMAT_VERSION, ofKnownVersion } from '../../temporal/contract/format-version';
import type { Plan } from '../../temporal/contract/media/plan';
import { OBJECTS } from '../../temporal/contract/media/objects';
import type { DrmRequest, DrmScheme, Protection } from '../../temporal/contract/media/protection';
import { familyKey, protectedTitleKey, titleKey } from '../../temporal/contract/object-keys';
import type { Presentation, VideoPresentation } from '../../workflows/planning/manifests/presentation';
import { planOf, recordedPlanOf, type RecordedPlan } from '../../workflows/planning/plan/recorded-plan';
import { loadPresentation } from '../renditions/load-presentation';
import { recordedPlan } from '../task/plan-store';

/** A title as it was packaged first: what other families need that join it later. */
export interface Title {
  plan: Plan;
  presentation: Presentation;
}

interface RecordedTitle {
  formatVersion: 1;
  plan: RecordedPlan;
  presentation: Presentation;
}

interface RecordedProtected {
  formatVersion: 1;
  presentation: ProtectedPresentation;
}

export type ProtectedPresentation = Presentation & { protection: Protection };

/** The renditions of a family that joins, and whether they are to be published encrypted alone. */
export interface StoredFamily {
  video: readonly VideoPresentation[];
  protection?: DrmRequest | undefined;
}

interface RecordedFamily {
  formatVersion: 1;
  video: VideoPresentation[];
  /** As the plan of the family has it. */
  protection?: DrmRequest;
}

/** Titles and families by key and ETag: pieces of a video that are encrypted one after the other in this process parse theirs once. */
const parsed = new LRUCache<string, object>({ max: 8 });

export async function storeTitle(objects: ObjectStore, { plan, presentation }: Title): Promise<void> {
  const title: RecordedTitle = { formatVersion: FORMAT_VERSION, plan: recordedPlanOf(plan), presentation };
  await objects.put('transcoded', titleKey(plan.videoId, plan.generation), JSON.stringify(title), OBJECTS.presentation);
}

/** Throws `PlanInvalid` where neither the title nor what it was packaged from is recorded any more, `PlanVersionUnknown`. */
export async function loadTitle(objects: ObjectStore, run: RunRef): Promise<Title> {
  const title = await recorded<RecordedTitle>(objects, titleKey(run.videoId, run.generation));
  if (title) {
    ofKnownVersion(title);
    return { plan: planOf(title.plan), presentation: title.presentation };
  }
  // An earlier release packaged it, and its temporary objects may still be there.
  const planned = await recordedPlan(objects, run);
  if (!planned) throw new Failure('PlanInvalid', 'The plan of this video is gone; retry the video from the probe step first.');
  return { plan: planned.plan, presentation: await loadPresentation(objects, planned.plan) };
}

export async function storeFamily(objects: ObjectStore, ref: FamilyRef, { video, protection }: StoredFamily): Promise<void> {
  const family: RecordedFamily = { formatVersion: FORMAT_VERSION, video: [...video], ...(protection ? { protection } : {}) };
  const key = familyKey(ref.videoId, ref.generation, ref.family);
  await objects.put('transcoded', key, JSON.stringify(family), OBJECTS.presentation);
}

/** Throws `PlanInvalid` when the family is not recorded, `PlanVersionUnknown`. */
export async function loadFamily(objects: ObjectStore, { videoId, generation, family }: FamilyRef): Promise<StoredFamily> {
  const stored = await recorded<RecordedFamily>(objects, familyKey(videoId, generation, family));
  if (!stored) throw new Failure('PlanInvalid', `The renditions in ${family} are gone; ask for the family again.`);
  ofKnownVersion(stored);
  return stored;
}

/** The encrypted renditions of a title, or of a family that joins it. */
export async function storeProtected(objects: ObjectStore, ref: ProtectionRef, presentation: ProtectedPresentation): Promise<void> {
  const stored: RecordedProtected = { formatVersion: FORMAT_VERSION, presentation };
  await objects.put('transcoded', protectedTitleKey(ref, presentation.protection.scheme), JSON.stringify(stored), OBJECTS.presentation);
}

/** Throws `PlanInvalid` when they are not recorded, `PlanVersionUnknown`. */
export async function loadProtected(objects: ObjectStore, ref: ProtectionRef, scheme: DrmScheme): Promise<ProtectedPresentation> {
  const stored = await recorded<RecordedProtected>(objects, protectedTitleKey(ref, scheme));
  if (!stored) throw new Failure('PlanInvalid', 'The encrypted streams of this video are gone; retry from the drm step.');
  ofKnownVersion(stored);
  return stored.presentation;
}

async function recorded<T extends object>(objects: ObjectStore, key: string): Promise<T | null> {
  const head = await objects.head('transcoded', key);
  if (!head) return null;
  const id = `${key} ${head.etag}`;
  const known = parsed.get(id) as T | undefined;
  if (known) return known;
  const read = await objects.getJson<T>('transcoded', key);
  if (read) parsed.set(id, read);
  return read;
}
