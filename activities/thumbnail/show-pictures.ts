import type { Video } from '../../infra/database/video';
import type { RunRef } from '../../temporal/contract/activities';
import type { PictureRecord } from '../../temporal/contract/media/pictures';
import type { Plan } from '../../temporal/contract/media/plan';
import { composedManifests } from '../families/compose-manifests';
import { replacePublished } from '../families/replace-manifests';
import type { ActivityDependencies } from '../task/activity-dependencies';

/** The height that pictures of a title may have, in pixels: those of one that is protected, or is to be, are clear and small. */
export function clearHeight(
  { clearPictureMaxHeight }: Pick<ActivityDependencies, 'clearPictureMaxHeight'>,
  { protection }: Pick<Plan, 'protection'>,
  video: Pick<Video, 'protection' | 'encoding'> | null,
): number {
  return protection || video?.protection || video?.encoding.drm ? clearPictureMaxHeight : Infinity;
}

/** Shows recorded pictures of a run: in the row, and in the manifests if the run is published. Throws the failures of `composedManifests`. */
export async function showPictures(deps: ActivityDependencies, run: RunRef, record: PictureRecord): Promise<void> {
  await deps.pictures.show(run, record);
  if (record.images) await replacePublished(deps, run, () => composedManifests(deps, run));
}
