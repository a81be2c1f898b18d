import { renditionFolder } from '../../../temporal/contract/media/renditions';
import type { RenditionReport } from '../../../temporal/contract/media/reports';

/** Hash of the init segment of every rendition, by folder: recorded by the first chunk of a family that is done. */
export type InitRecord = Record<string, string>;

export function initRecordOf(renditions: readonly RenditionReport[]): InitRecord {
  return Object.fromEntries(renditions.map(({ ref, initSha256 }) => [renditionFolder(ref), initSha256]));
}

/**
 * Whether a chunk can be decoded with the init segments of the first one: players get one for all chunks. Another
 * build of the encoder writes other parameter sets. Returns the problem, or null.
 */
export function checkParameterSets(record: InitRecord, renditions: readonly RenditionReport[]): string | null {
  const other = renditions.find(({ ref, initSha256 }) => record[renditionFolder(ref)] !== initSha256);
  return other ? `${renditionFolder(other.ref)} has other parameter sets than the first chunk` : null;
}
