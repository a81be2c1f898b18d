import type { ObjectStore } from '../../infra/object-store/object-store';
import type { RunRef } from '../../temporal/contract/activities';
import { Failure } from '../../temporal/contract/failures';
import { OBJECTS, type ObjectKind } from '../../temporal/contract/media/objects';
import { referencedGenerations } from '../../temporal/contract/media/referenced-generations';
import { MANIFEST_NAMES, TS_MANIFEST_NAME } from '../../temporal/contract/object-keys';
import type { VideoStatus } from '../../temporal/contract/steps';
import type { ActivityDependencies } from '../task/activity-dependencies';
import { staleRun } from '../task/activity-failure';
import type { Manifests } from './compose-manifests';

/** A lost conditional PUT means that another publish won; a few losses in a row are an exception. */
const MOST_TRIES = 5;

/** Videos in these states must not be published; one that is ready may be again. */
const OVER: readonly VideoStatus[] = ['failed', 'cancelled', 'removed'];

type Dependencies = Pick<ActivityDependencies, 'objects' | 'videos'>;
type Compose = () => Promise<Manifests>;

const KINDS = { hls: OBJECTS.hlsManifest, dash: OBJECTS.dashManifest } as const;

/**
 * Puts manifests under their stable names, one conditional PUT each: a player sees the old ones or the new ones, never a mix. HLS
 * comes first, always: when only that one was replaced, both play, and trying again replaces the other. `compose` is called
 * again for every try, since the rows that it reads may have changed with the manifest. Resolves to the bytes of both. Throws
 * `Cancelled` for a run that is not the current one.
 */
export async function replaceManifests(deps: Dependencies, run: RunRef, compose: Compose): Promise<number> {
  return replaceBoth(deps, run.videoId, async () => {
    await refuseStaleRun(deps.videos, run);
    return compose();
  });
}

/**
 * Puts manifests of the generation that is public in the place of those that are. Another generation may be in the making or given
 * up meanwhile; once it is published, or the video is removed, nothing is replaced.
 */
export async function replacePublished(deps: Dependencies, run: RunRef, compose: Compose): Promise<void> {
  await replaceBoth(deps, run.videoId, async (published) => {
    if (published === null || !referencedGenerations(Buffer.from(published).toString('utf8')).includes(run.generation)) return null;
    const video = await deps.videos.find(run.videoId);
    return video === null || video.status === 'removed' ? null : compose();
  });
}

/** Puts the master of the MPEG-TS segments of the current run under its stable name. Throws as {@link replaceManifests}. */
export async function replaceTsManifest(deps: Dependencies, run: RunRef, master: Uint8Array): Promise<number> {
  return replace(deps.objects, { key: `${run.videoId}/${TS_MANIFEST_NAME}`, kind: OBJECTS.tsManifest }, async () => {
    await refuseStaleRun(deps.videos, run);
    return master;
  });
}

/** `next` gets the published manifest, and says what takes its place: null leaves it alone. */
type Next<Made> = (published: Uint8Array | null) => Promise<Made | null>;

async function replaceBoth({ objects }: Dependencies, videoId: string, next: Next<Manifests>): Promise<number> {
  const one = (format: keyof Manifests) =>
    replace(objects, { key: `${videoId}/${MANIFEST_NAMES[format]}`, kind: KINDS[format] }, async (published) => {
      return (await next(published))?.[format] ?? null;
    });
  return (await one('hls')) + (await one('dash'));
}

/**
 * Reads the ETag of the published manifest, then the rows, then replaces the manifest with a conditional PUT (If-Match): a delayed
 * task whose run has been superseded meanwhile is refused by the store.
 */
async function replace(objects: ObjectStore, { key, kind }: { key: string; kind: ObjectKind }, next: Next<Uint8Array>): Promise<number> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const published = await objects.getWithEtag('transcoded', key);
    const manifest = await next(published?.bytes ?? null);
    if (manifest === null) return 0;
    // A PUT whose response was lost succeeded.
    if (published && Buffer.compare(published.bytes, manifest) === 0) return manifest.byteLength;
    if (await objects.putIfUnchanged('transcoded', key, manifest, { ...kind, etag: published?.etag ?? null })) {
      return manifest.byteLength;
    }
  }
  throw new Failure('StorageUnavailable', 'The published manifests keep changing.');
}

/** A delayed task of an earlier generation, or of a run that has ended, must not replace the published manifests. */
async function refuseStaleRun(videos: ActivityDependencies['videos'], run: RunRef): Promise<void> {
  const video = await videos.find(run.videoId);
  if (video?.generation === run.generation && !OVER.includes(video.status)) return;
  throw staleRun();
}
