import { createHash } from 'node:crypto';
import type { ObjectStore } from '../../infra/object-store/object-store';
import type { Bucket, MediaPlace } from '../../temporal/contract/object-keys';

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
  const names = segments.map(({ name }) => name);
  const [init, listed] = await Promise.all([objects.head(bucket, `${prefix}${initName}`), storedSpan(objects, { bucket, prefix, names })]);
  const found = listed.map(({ name, etag, sizeBytes }) => ({ version: versionOf(name, etag), sizeBytes }));
  return [...(init ? [{ version: versionOf(initName, init.etag), sizeBytes: init.sizeBytes }] : []), ...found];
}

/** Those of consecutive segments that are stored, in order: a listing of that span alone. */
export async function storedSpan(
  objects: ObjectStore,
  { bucket, prefix, names }: { bucket: Bucket; prefix: string; names: readonly string[] },
) {
  // What is in front of its extension sorts right before the first name.
  const startAfter = `${prefix}${names[0]?.replace(/\.\w+$/, '')}`;
  const wanted = new Set(names);
  const listed = await objects.listing(bucket).objects({ prefix, startAfter, limit: names.length });
  return listed.filter(({ name }) => wanted.has(name));
}
