import { join } from 'node:path';
import type { ObjectStore } from '../../infra/object-store/object-store';
import { generationFolder } from '../../temporal/contract/object-keys';
import type { RunRef } from '../../temporal/contract/activities';
import type { RenditionReport } from '../../temporal/contract/reports';

/** Segments never change under their name, so caches may keep them for a year. */
export const IMMUTABLE = 'public, max-age=31536000, immutable';

/**
 * Stores the segments of a rendition, and its init segment when asked. Resolves to the bytes stored; rejects with the signal's
 * reason between two segments.
 */
export async function uploadRendition(
  objects: ObjectStore,
  run: RunRef,
  upload: { path: string; report: RenditionReport; withInit: boolean; signal: AbortSignal },
): Promise<number> {
  const { path, report, withInit, signal } = upload;
  const prefix = `${generationFolder(run.videoId, run.generation)}/${report.folder}`;
  const contentType = report.folder.startsWith('audio/') ? 'audio/mp4' : 'video/mp4';
  const names = [...(withInit ? [report.initName] : []), ...report.segments.map((segment) => segment.name)];
  let bytes = 0;
  for (const name of names) {
    signal.throwIfAborted();
    bytes += await objects.putFile('transcoded', `${prefix}/${name}`, join(path, name), { contentType, cacheControl: IMMUTABLE });
  }
  return bytes;
}
