import { join } from 'node:path';
import type { ObjectStore } from '../../infra/object-store/object-store';
import { renditionKey, type MediaPlace } from '../../temporal/contract/object-keys';
import { mediaObjects } from '../../temporal/contract/media/objects';
import type { RenditionReport } from '../../temporal/contract/media/reports';

/**
 * Stores the segments of a rendition, and its init segment when asked. Resolves to the bytes stored; rejects with the signal's
 * reason between two segments.
 */
export async function uploadRendition(
  objects: ObjectStore,
  place: MediaPlace,
  upload: { path: string; report: RenditionReport; withInit: boolean; signal: AbortSignal },
): Promise<number> {
  const { path, report, withInit, signal } = upload;
  const kinds = mediaObjects(report.ref);
  const files = [
    ...(withInit ? [{ name: report.initName, kind: kinds.init }] : []),
    ...report.segments.map(({ name }) => ({ name, kind: kinds.segment })),
  ];
  let bytes = 0;
  for (const { name, kind } of files) {
    signal.throwIfAborted();
    bytes += await objects.putFile(place.bucket, renditionKey(place, report.ref, name), join(path, name), kind);
  }
  return bytes;
}
