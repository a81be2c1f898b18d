import type { ObjectStore } from '../../infra/object-store/object-store';
import type { RunRef } from '../../temporal/contract/activities';
import { MANIFEST_NAMES } from '../../temporal/contract/object-keys';
import { referencedGenerations } from '../../workflows/planning/removable-generations';

/** Generations that the stable manifests of a video refer to; a manifest that is missing refers to none. */
export async function publishedGenerations(objects: ObjectStore, videoId: string): Promise<number[]> {
  const manifests = await Promise.all(Object.values(MANIFEST_NAMES).map((name) => objects.get('transcoded', `${videoId}/${name}`)));
  return manifests.flatMap((bytes) => (bytes ? referencedGenerations(Buffer.from(bytes).toString('utf8')) : []));
}

/** Whether players may hold what this generation stored: it must not change any more. */
export async function isPublished(objects: ObjectStore, { videoId, generation }: RunRef): Promise<boolean> {
  return (await publishedGenerations(objects, videoId)).includes(generation);
}
