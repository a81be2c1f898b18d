import { appendFile, writeFile } from 'node:fs/promises';
import type { ObjectStore } from '../../infra/object-store/object-store';
import { Failure } from '../../temporal/contract/failures';
import type { RenditionReport } from '../../temporal/contract/media/reports';
import { renditionKey, type MediaPlace } from '../../temporal/contract/object-keys';

/** Media segments of a rendition: 0-based, with an exclusive end. */
export interface SegmentRange {
  firstSegment: number;
  endSegment: number;
}

/** Bytes of the largest file that {@link joinSegments} makes of these. */
export function largestRangeBytes({ initSizeBytes, segments }: RenditionReport, ranges: readonly SegmentRange[]): number {
  const sizes = ranges.map(({ firstSegment, endSegment }) =>
    segments.slice(firstSegment, endSegment).reduce((sum, { sizeBytes }) => sum + sizeBytes, initSizeBytes),
  );
  return Math.max(0, ...sizes);
}

/**
 * Leaves the init segment and a range of media segments of a rendition as one file. Resolves to the bytes
 * that were read. Throws `OutputInvalid` when a segment is gone.
 */
export async function joinSegments(
  objects: ObjectStore,
  {
    place,
    rendition,
    range,
    path,
  }: {
    place: MediaPlace;
    rendition: RenditionReport;
    range: SegmentRange;
    path: string;
  },
): Promise<number> {
  const names = rendition.segments.slice(range.firstSegment, range.endSegment).map(({ name }) => name);
  let bytesIn = 0;
  await writeFile(path, '');
  for (const name of [rendition.initName, ...names]) {
    const bytes = await objects.get(place.bucket, renditionKey(place, rendition.ref, name));
    if (!bytes) throw new Failure('OutputInvalid', 'A finished segment is gone; retry from the transcode step.');
    await appendFile(path, bytes);
    bytesIn += bytes.byteLength;
  }
  return bytesIn;
}
