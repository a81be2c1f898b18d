import { objectKindOf, OBJECTS, type ObjectKind } from '../../../temporal/contract/media/objects';

export type MediaType = Required<Pick<ObjectKind, 'contentType' | 'cacheControl'>>;

/** How an object with that name below its video's folder is served, or null for one that is not for players. */
export function mediaType(path: string): MediaType | null {
  const name = objectKindOf(path);
  if (name === null) return null;
  const { contentType, cacheControl, isPublic }: ObjectKind = OBJECTS[name];
  return isPublic && cacheControl ? { contentType, cacheControl } : null;
}
