import type { PlanRef, TaskResult } from '../../temporal/contract/activities';
import { Failure } from '../../temporal/contract/failures';
import { MANIFEST_NAMES, segmentsKeys } from '../../temporal/contract/object-keys';
import type { ActivityDependencies } from '../activity-dependencies';
import { runTask } from '../run-task';
import { MANIFEST_OPTIONS } from './manifest-options';

/**
 * Puts the staged manifests under their stable names, one PUT each: a player sees the old generation or the new one,
 * never a mix. Everything they refer to was stored before.
 */
export async function publish(deps: ActivityDependencies, ref: PlanRef): Promise<TaskResult> {
  const { videoId, generation } = ref;
  const outputKey = `${videoId}/${MANIFEST_NAMES.hls}`;
  return runTask(deps, { ref: { ...ref, taskType: 'publish' }, policy: 'publish' }, async () => {
    await refuseStaleRun(deps, ref);
    const [hls, dash] = await Promise.all([
      deps.objects.get('segments', segmentsKeys.stagedManifest(videoId, generation, MANIFEST_NAMES.hls)),
      deps.objects.get('segments', segmentsKeys.stagedManifest(videoId, generation, MANIFEST_NAMES.dash)),
    ]);
    if (!hls || !dash) throw new Failure('PlanInvalid', 'The manifests to publish are gone; retry from the package step.');
    const sizes = await Promise.all([
      deps.objects.put('transcoded', outputKey, hls, MANIFEST_OPTIONS.hls),
      deps.objects.put('transcoded', `${videoId}/${MANIFEST_NAMES.dash}`, dash, MANIFEST_OPTIONS.dash),
    ]);
    await deps.videos.setReady(ref, { manifestKey: outputKey });
    const bytesOut = sizes.reduce((sum, size) => sum + size, 0);
    return { result: { bytesOut }, outputKey, bytesIn: 0, bytesOut };
  });
}

/** A late task of an earlier generation, or of a video that was cancelled, must not replace what plays. */
async function refuseStaleRun(deps: ActivityDependencies, ref: PlanRef): Promise<void> {
  const video = await deps.videos.find(ref.videoId);
  if (video?.generation === ref.generation && video.status !== 'cancelled' && video.status !== 'removed') return;
  throw new Failure('Cancelled', 'This run is no longer the current one of its video.');
}
