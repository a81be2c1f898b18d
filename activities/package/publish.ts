import type { PlanRef, TaskResult } from '../../temporal/contract/activities';
import { Failure } from '../../temporal/contract/failures';
import { MANIFEST_NAMES, segmentsKeys } from '../../temporal/contract/object-keys';
import { OBJECTS } from '../../temporal/contract/media/objects';
import type { VideoStatus } from '../../temporal/contract/steps';
import type { ActivityDependencies } from '../task/activity-dependencies';
import { staleRun } from '../task/activity-failure';
import { runTask } from '../task/run-task';

/** A lost conditional PUT means that another publish won; a few losses in a row are an exception. */
const MOST_TRIES = 5;

/** Runs that ended with these states must not publish; one that is ready may repeat itself. */
const OVER: readonly VideoStatus[] = ['failed', 'cancelled', 'removed'];

const KINDS = { hls: OBJECTS.hlsManifest, dash: OBJECTS.dashManifest } as const;

type Dependencies = Pick<ActivityDependencies, 'objects' | 'videos'>;

/**
 * Puts the staged manifests under their stable names, one conditional PUT each: a player sees the old generation or the new one,
 * never a mix. Everything they refer to was stored before. HLS comes first, always: when only that one was replaced, both play,
 * each its own generation, and trying again replaces the other. Throws `Cancelled` for a run that is not the current one.
 */
export async function publish(deps: ActivityDependencies, ref: PlanRef): Promise<TaskResult> {
  const { videoId, generation } = ref;
  const outputKey = `${videoId}/${MANIFEST_NAMES.hls}`;
  return runTask(deps, { ref: { ...ref, taskType: 'publish' }, policy: 'publish' }, async () => {
    const [hls, dash] = await Promise.all([
      deps.objects.get('segments', segmentsKeys.stagedManifest(videoId, generation, MANIFEST_NAMES.hls)),
      deps.objects.get('segments', segmentsKeys.stagedManifest(videoId, generation, MANIFEST_NAMES.dash)),
    ]);
    if (!hls || !dash) throw new Failure('PlanInvalid', 'The manifests to publish are gone; retry from the package step.');
    await replace(deps, ref, { format: 'hls', manifest: hls });
    await replace(deps, ref, { format: 'dash', manifest: dash });
    await deps.videos.setReady(ref, { manifestKey: outputKey });
    const bytesOut = hls.byteLength + dash.byteLength;
    return { result: { bytesOut }, outputKey, bytesIn: 0, bytesOut };
  });
}

/**
 * Reads the ETag of the published manifest, then the row, then replaces the manifest with a conditional PUT (If-Match): a delayed
 * task whose run has been superseded meanwhile is refused by the store.
 */
async function replace(
  { objects, videos }: Dependencies,
  ref: PlanRef,
  { format, manifest }: { format: keyof typeof MANIFEST_NAMES; manifest: Uint8Array },
): Promise<void> {
  const key = `${ref.videoId}/${MANIFEST_NAMES[format]}`;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const published = await objects.getWithEtag('transcoded', key);
    await refuseStaleRun(videos, ref);
    // A PUT whose response was lost succeeded.
    if (published && Buffer.compare(published.bytes, manifest) === 0) return;
    if (await objects.putIfUnchanged('transcoded', key, manifest, { ...KINDS[format], etag: published?.etag ?? null })) return;
  }
  throw new Failure('StorageUnavailable', 'The published manifests keep changing.');
}

/** A delayed task of an earlier generation, or of a run that has ended, must not replace the published manifests. */
async function refuseStaleRun(videos: Dependencies['videos'], ref: PlanRef): Promise<void> {
  const video = await videos.find(ref.videoId);
  if (video?.generation === ref.generation && !OVER.includes(video.status)) return;
  throw staleRun();
}
