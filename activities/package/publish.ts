import type { PlanRef } from '../../temporal/contract/activities';
import type { TaskResult } from '../../temporal/contract/results';
import { MANIFEST_NAMES } from '../../temporal/contract/object-keys';
import { thumbnailKeys } from '../../temporal/contract/picture-keys';
import { protectionOf, titleManifests } from '../families/compose-manifests';
import { replaceManifests, replacePublished } from '../families/replace-manifests';
import { loadPictures } from '../renditions/picture-record';
import type { ActivityDependencies } from '../task/activity-dependencies';
import { runTask } from '../task/run-task';

/**
 * Puts the staged manifests under their stable names, with the families that have joined this generation before. Everything they
 * refer to was stored before. Throws the failures of `replaceManifests` and `titleManifests`.
 */
export async function publish(deps: ActivityDependencies, ref: PlanRef): Promise<TaskResult> {
  const outputKey = `${ref.videoId}/${MANIFEST_NAMES.hls}`;
  return runTask(deps, { ref: { ...ref, taskType: 'publish' }, policy: 'publish' }, async () => {
    const protection = await protectionOf(deps, ref);
    if (protection) await deps.protections.begin(ref, protection);
    const bytesOut = await replaceManifests(deps, ref, () => titleManifests(deps, ref));
    await deps.videos.setReady(ref, { manifestKey: outputKey });
    await showPictures(deps, ref);
    // Text and pictures that came or went after the manifests were made, and before they could be found, are taken up now.
    await replacePublished(deps, ref, () => titleManifests(deps, ref));
    await deps.objects.remover('transcoded').removeEarlyManifests(ref.videoId);
    return { result: { bytesOut }, outputKey, bytesIn: 0, bytesOut };
  });
}

/** Pictures of a run that replaces another one may be there already; those that come later are shown when they are made. */
async function showPictures(deps: ActivityDependencies, ref: PlanRef): Promise<void> {
  const record = await loadPictures(deps.objects, ref);
  if (record) {
    await deps.pictures.show(ref, record);
    return;
  }
  // A worker of an earlier release records none.
  const { videoId, generation } = ref;
  const index = await deps.objects.head('transcoded', thumbnailKeys.spriteIndex(videoId, generation));
  if (index) await deps.videos.setThumbnail(ref, thumbnailKeys.poster(videoId, generation));
}
