import type { TaskRef } from '../../infra/database/task';
import type { RunRef, TsPieceRef } from '../../temporal/contract/activities';
import { Failure } from '../../temporal/contract/failures';
import { clearPlace, type MediaPlace } from '../../temporal/contract/object-keys';
import { tsSourceOf, type TsSource } from '../../workflows/planning/mpegts/ts-title';
import { loadTitle } from '../families/title-store';
import type { ActivityDependencies } from '../task/activity-dependencies';

export interface StoredTsSource extends TsSource {
  /** Of the CMAF segments. */
  place: MediaPlace;
}

/**
 * The CMAF renditions that MPEG-TS segments are copied from. Throws `PlanInvalid` for a title that is protected or is to be, or that has no
 * H.264 renditions.
 */
export async function loadTsSource(deps: Pick<ActivityDependencies, 'objects' | 'protections'>, run: RunRef): Promise<StoredTsSource> {
  await refuseProtected(deps, run);
  const { plan, presentation } = await loadTitle(deps.objects, run);
  const source = tsSourceOf(presentation);
  if (source.video.length === 0) throw new Failure('PlanInvalid', 'MPEG-TS segments hold H.264, which this video was not encoded in.');
  return { ...source, place: clearPlace(plan) };
}

/** The row is asked every time: a title can be protected while its segments are made. */
export async function refuseProtected({ protections }: Pick<ActivityDependencies, 'protections'>, { videoId }: RunRef): Promise<void> {
  const found = await protections.find(videoId);
  if (!found?.asked && !found?.published) return;
  throw new Failure('PlanInvalid', 'This video is protected, and MPEG-TS segments would be clear.');
}

/** The row of the step as a whole. */
export function tsTask({ videoId, generation }: RunRef): TaskRef {
  return { videoId, generation, taskType: 'ts' };
}

/** The row of a piece. */
export function tsPieceTask({ pieceIndex, ...run }: TsPieceRef): TaskRef {
  return { ...tsTask(run), segmentIndex: pieceIndex };
}
