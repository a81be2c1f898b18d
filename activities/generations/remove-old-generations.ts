import type { VideosRepository } from '../../infra/database/videos-repository';
import type { ObjectStore } from '../../infra/object-store/object-store';
import type { CleanUpResult } from '../../temporal/contract/results';
import { MANIFEST_NAMES, TS_MANIFEST_NAME } from '../../temporal/contract/object-keys';
import { referencedGenerations } from '../../temporal/contract/media/referenced-generations';
import { removableGenerations } from '../../workflows/planning/housekeeping/removable-generations';
import { posterGenerations } from './poster-generations';

interface CleanUpDependencies {
  objects: ObjectStore;
  videos: Pick<VideosRepository, 'find'>;
}

/**
 * Removes the generations of a video that have been unpublished for the grace period. The manifests themselves
 * tell the published generation, so it can run at any time, repeatedly, beside any run.
 */
export async function removeOldGenerations(
  deps: CleanUpDependencies,
  { videoId }: { videoId: string },
  { nowMs, onProgress }: { nowMs: number; onProgress: () => void },
): Promise<CleanUpResult> {
  const { objects } = deps;
  const remover = objects.remover('transcoded');
  const manifests = await Promise.all(Object.values(MANIFEST_NAMES).map((name) => published(deps, `${videoId}/${name}`)));
  const video = await deps.videos.find(videoId);
  // A missing manifest says nothing about the other: half a publication is none to judge by.
  if (manifests.includes(null)) return { removedGenerations: 0 };
  // Not every video has MPEG-TS segments; those of an older generation are played until newer ones are published.
  const ts = await published(deps, `${videoId}/${TS_MANIFEST_NAME}`);
  const known = [...manifests, ts].filter((manifest) => manifest !== null);
  const removable = removableGenerations({
    stored: await remover.stored(videoId),
    referenced: [...known.flatMap(({ text }) => referencedGenerations(text)), ...posterGenerations(video)],
    publishedAtMs: Math.max(...known.map(({ storedAtMs }) => storedAtMs)),
    nowMs,
  });
  let removedGenerations = 0;
  // Some stores go on listing the folder of objects that are gone.
  for (const generation of removable) removedGenerations += (await remover.remove(videoId, generation, onProgress)) > 0 ? 1 : 0;
  return { removedGenerations };
}

async function published({ objects }: CleanUpDependencies, key: string): Promise<{ text: string; storedAtMs: number } | null> {
  const [head, bytes] = await Promise.all([objects.head('transcoded', key), objects.get('transcoded', key)]);
  return head && bytes ? { text: Buffer.from(bytes).toString('utf8'), storedAtMs: head.lastModified.getTime() } : null;
}
