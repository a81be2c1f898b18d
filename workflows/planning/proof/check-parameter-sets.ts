import type { RenditionReport } from '../../../temporal/contract/reports';

/** Hash of the init segment of every rendition, by folder: recorded by the first chunk of a family that is done. */
export type InitRecord = Record<string, string>;

export function initRecordOf(renditions: readonly RenditionReport[]): InitRecord {
  return Object.fromEntries(renditions.map(({ folder, initSha256 }) => [folder, initSha256]));
}

/**
 * Whether a chunk can be decoded with the init segments of the first one: players get one for all chunks. Another
 * build of the encoder writes other parameter sets. Returns what is wrong, or null.
 */
export function checkParameterSets(record: InitRecord, renditions: readonly RenditionReport[]): string | null {
  const other = renditions.find(({ folder, initSha256 }) => record[folder] !== initSha256);
  return other ? `${other.folder} has other parameter sets than the first chunk` : null;
}
