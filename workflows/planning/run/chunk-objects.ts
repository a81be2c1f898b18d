import { renditionFolder } from '../../../temporal/contract/media/renditions';
import type { ChunkReport } from '../../../temporal/contract/media/reports';

/** Whether there is anything to look for. */
export function namesObjects(report: ChunkReport): boolean {
  return report.renditions.some(({ segments }) => segments.length > 0);
}

/**
 * The objects of a chunk's report that are not stored as it says, by their names below the generation. `sizes` are those of the
 * stored objects by the same names. The first chunk carries the init segments that all share.
 */
export function lostObjects(report: ChunkReport, sizes: ReadonlyMap<string, number>): string[] {
  return report.renditions.flatMap(({ ref, initName, initSizeBytes, segments }) => {
    const folder = renditionFolder(ref);
    const init = report.chunkIndex === 0 ? [{ name: initName, sizeBytes: initSizeBytes }] : [];
    return [...init, ...segments]
      .filter(({ name, sizeBytes }) => sizes.get(`${folder}/${name}`) !== sizeBytes)
      .map(({ name }) => `${folder}/${name}`);
  });
}
