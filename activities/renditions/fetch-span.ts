import { open } from 'node:fs/promises';
import pMap from 'p-map';
import { Failure } from '../../temporal/contract/failures';
import type { RenditionReport } from '../../temporal/contract/media/reports';
import { renditionKey, type MediaPlace } from '../../temporal/contract/object-keys';
import type { SegmentSpan } from '../../workflows/planning/protection/pieces';
import type { TaskContext } from '../task/run-task';
import { versionOf } from './stored-versions';

const TRANSFERS_AT_ONCE = 8;

/** Clear segments of a rendition in one file, behind their init segment, and where each begins. */
export interface JoinedRendition {
  rendition: RenditionReport;
  path: string;
  init: Uint8Array;
  segments: { offset: number; sizeBytes: number }[];
  /** Names and ETags of the objects. */
  versions: string[];
}

/** Fetches the init segment and a span of a rendition into the file `path`. Throws `PlanInvalid` for an object that is gone or of another size. */
export async function fetchSpan(
  { objects, signal }: Pick<TaskContext, 'objects' | 'signal'>,
  from: { place: MediaPlace; rendition: RenditionReport; span: SegmentSpan; path: string },
): Promise<JoinedRendition> {
  const { place, rendition, span, path } = from;
  const parts = [{ name: rendition.initName, sizeBytes: rendition.initSizeBytes }, ...rendition.segments.slice(span.first, span.end)];
  let end = 0;
  const placed = parts.map(({ name, sizeBytes }) => ({ name, sizeBytes, offset: (end += sizeBytes) - sizeBytes }));
  const file = await open(path, 'w');
  try {
    const fetched = await pMap(
      placed,
      async ({ name, sizeBytes, offset }) => {
        signal.throwIfAborted();
        const object = await objects.getWithEtag(place.bucket, renditionKey(place, rendition.ref, name));
        if (object?.bytes.byteLength !== sizeBytes) {
          throw new Failure('PlanInvalid', 'A finished segment is gone or was changed; retry from the transcode step.');
        }
        await file.write(object.bytes, 0, sizeBytes, offset);
        return { version: versionOf(name, object.etag), bytes: offset === 0 ? object.bytes : null };
      },
      { concurrency: TRANSFERS_AT_ONCE },
    );
    const init = fetched[0]?.bytes ?? new Uint8Array();
    return { rendition, path, init, segments: placed.slice(1), versions: fetched.map(({ version }) => version) };
  } finally {
    await file.close();
  }
}
