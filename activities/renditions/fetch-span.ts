import { open } from 'node:fs/promises';
import pMap from 'p-map';
import { Failure } from '../../temporal/contract/failures';
import type { RenditionReport } from '../../temporal/contract/media/reports';
import { renditionKey, type MediaPlace } from '../../temporal/contract/object-keys';
import { sampleData } from '../../workflows/planning/isobmff/encryption';
import { hideObus, type HiddenObu } from '../../workflows/planning/isobmff/hidden-obus';
import type { SegmentSpan } from '../../workflows/planning/protection/pieces';
import type { TaskContext } from '../task/run-task';
import { versionOf } from './stored-versions';

const TRANSFERS_AT_ONCE = 8;

/** Clear segments of a rendition in one file for the packager, behind their init segment, where each begins, and what it lacks there. */
export interface JoinedRendition {
  rendition: RenditionReport;
  path: string;
  init: Uint8Array;
  segments: { offset: number; sizeBytes: number; hidden: HiddenObu[] }[];
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
        const isAv1Segment = offset > 0 && rendition.codec.startsWith('av01');
        const hidden = isAv1Segment ? hideObus(sampleData(object.bytes)) : [];
        await file.write(object.bytes, 0, sizeBytes, offset);
        return { version: versionOf(name, object.etag), bytes: offset === 0 ? object.bytes : null, hidden };
      },
      { concurrency: TRANSFERS_AT_ONCE },
    );
    const init = fetched[0]?.bytes ?? new Uint8Array();
    const segments = placed.slice(1).map((one, index) => ({ ...one, hidden: fetched[index + 1]?.hidden ?? [] }));
    return { rendition, path, init, segments, versions: fetched.map(({ version }) => version) };
  } finally {
    await file.close();
  }
}
