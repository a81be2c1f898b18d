import type { ObjectStore } from '../../infra/object-store/object-store';
import type { FamilyRef, RunRef } from '../../temporal/contract/activities';
import { Failure } from '../../temporal/contract/failures';
import { FORMAT_VERSION, ofKnownVersion } from '../../temporal/contract/format-version';
import type { Plan } from '../../temporal/contract/media/plan';
import { OBJECTS } from '../../temporal/contract/media/objects';
import { familyKey, titleKey } from '../../temporal/contract/object-keys';
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

interface RecordedFamily {
  formatVersion: 1;
  video: VideoPresentation[];
}

export async function storeTitle(objects: ObjectStore, { plan, presentation }: Title): Promise<void> {
  const title: RecordedTitle = { formatVersion: FORMAT_VERSION, plan: recordedPlanOf(plan), presentation };
  await objects.put('transcoded', titleKey(plan.videoId, plan.generation), JSON.stringify(title), OBJECTS.presentation);
}

/** Throws `PlanInvalid` where neither the title nor what it was packaged from is recorded any more, `PlanVersionUnknown`. */
export async function loadTitle(objects: ObjectStore, run: RunRef): Promise<Title> {
  const title = await objects.getJson<RecordedTitle>('transcoded', titleKey(run.videoId, run.generation));
  if (title) {
    ofKnownVersion(title);
    return { plan: planOf(title.plan), presentation: title.presentation };
  }
  // An earlier release packaged it, and its temporary objects may still be there.
  const recorded = await recordedPlan(objects, run);
  if (!recorded) throw new Failure('PlanInvalid', 'The plan of this video is gone; retry the video from the probe step first.');
  return { plan: recorded.plan, presentation: await loadPresentation(objects, recorded.plan) };
}

export async function storeFamily(objects: ObjectStore, ref: FamilyRef, { video }: Pick<Presentation, 'video'>): Promise<void> {
  const recorded: RecordedFamily = { formatVersion: FORMAT_VERSION, video: [...video] };
  const key = familyKey(ref.videoId, ref.generation, ref.family);
  await objects.put('transcoded', key, JSON.stringify(recorded), OBJECTS.presentation);
}

/** Throws `PlanInvalid` when the family is not recorded, `PlanVersionUnknown`. */
export async function loadFamily(objects: ObjectStore, { videoId, generation, family }: FamilyRef): Promise<VideoPresentation[]> {
  const recorded = await objects.getJson<RecordedFamily>('transcoded', familyKey(videoId, generation, family));
  if (!recorded) throw new Failure('PlanInvalid', `The renditions in ${family} are gone; ask for the family again.`);
  ofKnownVersion(recorded);
  return recorded.video;
}
