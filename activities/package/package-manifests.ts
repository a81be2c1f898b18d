import type { ObjectStore } from '../../infra/object-store/object-store';
import type { PlanRef, TaskResult } from '../../temporal/contract/activities';
import { MANIFEST_NAMES, renditionKey, segmentsKeys } from '../../temporal/contract/object-keys';
import { OBJECTS } from '../../temporal/contract/media/objects';
import type { Plan } from '../../temporal/contract/plan';
import type { RenditionReport } from '../../temporal/contract/reports';
import { dashManifest } from '../../workflows/planning/manifests/dash';
import { IFRAME_PLAYLIST_NAME, iframePlaylist, masterPlaylist, mediaPlaylist, PLAYLIST_NAME } from '../../workflows/planning/manifests/hls';
import { renditionsOf } from '../../workflows/planning/manifests/presentation';
import { loadPresentation } from '../renditions/load-presentation';
import type { ActivityDependencies } from '../task/activity-dependencies';
import { loadPlan } from '../task/plan-store';
import { runTask } from '../task/run-task';
import { checkConformance } from '../verify/check-conformance';
import { checkQuality } from '../verify/check-quality';
import { measureQuality } from '../verify/measure-quality';

/**
 * Writes every playlist from the reports of the tasks, text only, stages the masters for publishing, and reads everything
 * back and judges it. Throws `OutputInvalid` when the reports do not make one gapless title or what lies in storage is not what was
 * meant, `PlanInvalid` when a report is missing, `QualityRejected` for a strict preset.
 */
export async function packageManifests(deps: ActivityDependencies, ref: PlanRef): Promise<TaskResult> {
  const { videoId, generation } = ref;
  const outputKey = segmentsKeys.stagedManifest(videoId, generation, MANIFEST_NAMES.hls);
  return runTask(deps, { ref: { ...ref, taskType: 'package' }, policy: 'package' }, async (task) => {
    const { objects } = task;
    await deps.videos.advance(ref, 'packaging');
    const plan = await loadPlan(objects, ref);
    const presentation = await loadPresentation(objects, plan);
    const staged = (name: string) => segmentsKeys.stagedManifest(videoId, generation, name);
    const sizes = await Promise.all([
      ...renditionsOf(presentation).map((rendition) => writePlaylists(objects, plan, rendition)),
      objects.put('segments', staged(MANIFEST_NAMES.hls), masterPlaylist(presentation), OBJECTS.stagedHls),
      objects.put('segments', staged(MANIFEST_NAMES.dash), dashManifest(presentation), OBJECTS.stagedDash),
    ]);
    const published = await checkConformance(objects, plan, presentation);
    await checkQuality({ objects, videos: deps.videos }, ref, await measureQuality(deps, task, { plan, presentation, published }));
    const bytesOut = sizes.reduce((sum, size) => sum + size, 0);
    return { result: { bytesOut }, outputKey, bytesIn: 0, bytesOut };
  });
}

async function writePlaylists(objects: ObjectStore, plan: Plan, rendition: RenditionReport): Promise<number> {
  const key = (name: string) => renditionKey(plan, rendition.ref, name);
  const sizes = await Promise.all([
    objects.put('transcoded', key(PLAYLIST_NAME), mediaPlaylist(rendition), OBJECTS.mediaPlaylist),
    ...(rendition.ref.kind === 'video'
      ? [objects.put('transcoded', key(IFRAME_PLAYLIST_NAME), iframePlaylist(rendition), OBJECTS.iframePlaylist)]
      : []),
  ]);
  return sizes.reduce((sum, size) => sum + size, 0);
}
