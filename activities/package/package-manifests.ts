import type { ObjectStore } from '../../infra/object-store/object-store';
import type { PackageRef, TaskResult } from '../../temporal/contract/activities';
import { generationFolder, MANIFEST_NAMES, segmentsKeys } from '../../temporal/contract/object-keys';
import type { Plan } from '../../temporal/contract/plan';
import type { RenditionReport } from '../../temporal/contract/reports';
import { dashManifest } from '../../workflows/planning/manifests/dash';
import { IFRAME_PLAYLIST_NAME, iframePlaylist, masterPlaylist, mediaPlaylist, PLAYLIST_NAME } from '../../workflows/planning/manifests/hls';
import { loadPresentation } from '../renditions/load-presentation';
import type { ActivityDependencies } from '../task/activity-dependencies';
import { loadPlan } from '../task/plan-store';
import { runTask } from '../task/run-task';
import { verifyOutput } from '../verify/verify-output';
import { MANIFEST_OPTIONS } from './manifest-options';

/**
 * Writes every playlist from the reports of the tasks, text only, and stages the masters for publishing. In a walk without a
 * step for it, the output is verified here. Throws `OutputInvalid` when the reports do not make one gapless title, `PlanInvalid`
 * when a report is missing, and what `verifyOutput` throws.
 */
export async function packageManifests(deps: ActivityDependencies, ref: PackageRef): Promise<TaskResult> {
  const { videoId, generation } = ref;
  const outputKey = segmentsKeys.stagedManifest(videoId, generation, MANIFEST_NAMES.hls);
  return runTask(deps, { ref: { ...ref, taskType: 'package' }, policy: 'package' }, async (task) => {
    const { objects } = task;
    await deps.videos.advance(ref, 'packaging');
    const plan = await loadPlan(objects, ref);
    const presentation = await loadPresentation(objects, plan);
    const staged = (name: string) => segmentsKeys.stagedManifest(videoId, generation, name);
    const sizes = await Promise.all([
      ...presentation.video.map(({ rendition }) => writePlaylists(objects, plan, rendition)),
      ...(presentation.audio ? [writePlaylists(objects, plan, presentation.audio.rendition)] : []),
      objects.put('segments', staged(MANIFEST_NAMES.hls), masterPlaylist(presentation), MANIFEST_OPTIONS.hls),
      objects.put('segments', staged(MANIFEST_NAMES.dash), dashManifest(presentation), MANIFEST_OPTIONS.dash),
    ]);
    if (!ref.verifiedLater) await verifyOutput(deps, task, { ref, step: 'package', plan, presentation });
    const bytesOut = sizes.reduce((sum, size) => sum + size, 0);
    return { result: { bytesOut }, outputKey, bytesIn: 0, bytesOut };
  });
}

async function writePlaylists(objects: ObjectStore, plan: Plan, rendition: RenditionReport): Promise<number> {
  const folder = `${generationFolder(plan.videoId, plan.generation)}/${rendition.folder}`;
  const put = (name: string, text: string) => objects.put('transcoded', `${folder}/${name}`, text, MANIFEST_OPTIONS.hls);
  const isVideo = !rendition.folder.startsWith('audio/');
  const sizes = await Promise.all([
    put(PLAYLIST_NAME, mediaPlaylist(rendition)),
    ...(isVideo ? [put(IFRAME_PLAYLIST_NAME, iframePlaylist(rendition))] : []),
  ]);
  return sizes.reduce((sum, size) => sum + size, 0);
}
