import type { VideosRepository } from '../../infra/database/videos-repository';
import type { ObjectStore } from '../../infra/object-store/object-store';
import { publishedGenerations } from './is-published';

interface Dependencies {
  objects: ObjectStore;
  videos: Pick<VideosRepository, 'setRemoved'>;
}

/**
 * Deletes temporary objects of runs, and streams that were never published: those of generations after the published
 * ones. The published generation stays, and one that a republish replaced keeps its grace period.
 */
export async function removeTemporary({ objects }: Dependencies, { videoId }: { videoId: string }, onProgress: () => void): Promise<void> {
  const published = await publishedGenerations(objects, videoId);
  const streams = objects.remover('transcoded');
  await streams.removeEarlyManifests(videoId);
  for (const generation of await streams.stored(videoId)) {
    if (published.every((one) => generation > one)) await streams.remove(videoId, generation, onProgress);
  }
  await objects.remover('segments').removeGenerations(videoId, onProgress);
}

/** Deletes every stream and temporary object of a video. The original stays. */
export async function removeOutputs(
  { objects, videos }: Dependencies,
  { videoId }: { videoId: string },
  onProgress: () => void,
): Promise<void> {
  await videos.setRemoved(videoId);
  const streams = objects.remover('transcoded');
  await streams.removeManifests(videoId);
  await streams.removeGenerations(videoId, onProgress);
  await streams.removeCues(videoId, onProgress);
  await objects.remover('segments').removeGenerations(videoId, onProgress);
}
