import type { ObjectStore } from '../../infra/object-store/object-store';
import type { RunRef } from '../../temporal/contract/activities';
import { MANIFEST_NAMES, TS_MANIFEST_NAME } from '../../temporal/contract/object-keys';
import { referencedGenerations } from '../../temporal/contract/media/referenced-generations';

/** Texts of the stable manifests that a video has; that of MPEG-TS segments is not among them. */
export function publishedManifests(objects: ObjectStore, videoId: string): Promise<string[]> {
  return textsOf(objects, videoId, Object.values(MANIFEST_NAMES));
}

/** Texts of all masters of a video that players read. */
export function publishedMasters(objects: ObjectStore, videoId: string): Promise<string[]> {
  return textsOf(objects, videoId, [...Object.values(MANIFEST_NAMES), TS_MANIFEST_NAME]);
}

async function textsOf(objects: ObjectStore, videoId: string, names: readonly string[]): Promise<string[]> {
  const manifests = await Promise.all(names.map((name) => objects.get('transcoded', `${videoId}/${name}`)));
  return manifests.filter((manifest) => manifest !== null).map((bytes) => Buffer.from(bytes).toString('utf8'));
}

/** Generations that the stable masters of a video refer to; one that is missing refers to none. */
export async function publishedGenerations(objects: ObjectStore, videoId: string): Promise<number[]> {
  return (await publishedMasters(objects, videoId)).flatMap(referencedGenerations);
}

/** Whether players may have cached objects of this generation: they must not change any more. */
export async function isPublished(objects: ObjectStore, { videoId, generation }: RunRef): Promise<boolean> {
  return (await publishedGenerations(objects, videoId)).includes(generation);
}
