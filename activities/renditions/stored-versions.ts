import { createHash } from 'node:crypto';
import type { ObjectStore } from '../../infra/object-store/object-store';
import type { MediaPlace } from '../../temporal/contract/object-keys';

/** One value for the content of objects. */
export function versionsSha256(versions: readonly string[]): string {
  return createHash('sha256').update(versions.join('\n')).digest('hex');
}

/** Stores quote ETags in some answers and not in others. */
export function versionOf(name: string, etag: string): string {
  return `${name} ${etag.replaceAll('"', '')}`;
}

/** The init segment and segments of one span that are stored, in order: a listing of that span alone. */
export async function storedVersions(
  objects: ObjectStore,
  { bucket, folder: root }: MediaPlace,
  { folder, initName, segments }: { folder: string; initName: string; segments: readonly { name: string }[] },
): Promise<{ version: string; sizeBytes: number }[]> {
  const prefix = `${root}/${folder}/`;
  const [first] = segments;
  const names = new Set(segments.map(({ name }) => name));
  const [init, listed] = await Promise.all([
    objects.head(bucket, `${prefix}${initName}`),
    // What is in front of its extension sorts right before the first name.
    objects.listing(bucket).objects({ prefix, startAfter: `${prefix}${first?.name.replace(/\.m4s$/, '')}`, limit: segments.length }),
  ]);
  const found = listed
    .filter(({ name }) => names.has(name))
    .map(({ name, etag, sizeBytes }) => ({ version: versionOf(name, etag), sizeBytes }));
  return [...(init ? [{ version: versionOf(initName, init.etag), sizeBytes: init.sizeBytes }] : []), ...found];
}
