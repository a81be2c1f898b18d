import type { ObjectStore } from '../../infra/object-store/object-store';
import type { RunRef } from '../../temporal/contract/activities';
import { MANIFEST_NAMES } from '../../temporal/contract/object-keys';
import { referencedGenerations } from '../../temporal/contract/media/referenced-generations';

/** Texts of the stable manifests that a video has. */
export async function publishedManifests(objects: ObjectStore, videoId: string): Promise<string[]> {
  const manifests = await Promise.all(Object.values(MANIFEST_NAMES).map((name) => objects.get('transcoded', `${videoId}/${name}`)));
  return manifests.filter((manifest) => manifest !== null).map((bytes) => Buffer.from(bytes).toString('utf8'));
}

/** Generations that the stable manifests of a video refer to; a manifest that is missing refers to none. */
export async function publishedGenerations(objects: ObjectStore, videoId: string): Promise<number[]> {
  return (await publishedManifests(objects, videoId)).flatMap(referencedGenerations);
}

/** Whether players may have cached objects of this generation: they must not change any more. */
export async function isPublished(objects: ObjectStore, { videoId, generation }: RunRef): Promise<boolean> {
  return (await publishedGenerations(objects, videoId)).includes(generation);
}
