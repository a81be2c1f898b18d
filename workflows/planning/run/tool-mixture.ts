import type { ChunkReport, ToolVersions } from '../../../temporal/contract/media/reports';

/** A chunk that is done, and when its report was stored, in milliseconds since the epoch. */
export interface StoredChunk {
  report: Pick<ChunkReport, 'chunkIndex' | 'madeWith'>;
  storedAtMs: number;
}

/**
 * Whether chunks may stand in one rendition: other versions take other decisions, and a seam could show. Reports of the first release do
 * not tell their tools and join all others, so that an upgrade encodes nothing again.
 */
export function sameTools(one: ToolVersions | undefined, other: ToolVersions | undefined): boolean {
  if (!one || !other) return true;
  return one.ffmpeg === other.ffmpeg && one.packager === other.packager && one.encoder === other.encoder;
}

/** Whether chunks of different tools are among the reports. */
export function mixesTools(reports: readonly Pick<ChunkReport, 'madeWith'>[]): boolean {
  const told = reports.filter(({ madeWith }) => madeWith !== undefined);
  return told.some(({ madeWith }) => !sameTools(madeWith, told[0]?.madeWith));
}

/** The chunks to make again so that all have the tools of the newest one, which are those of the fleet as it is now. */
export function chunksOfOlderTools(chunks: readonly StoredChunk[]): number[] {
  const told = chunks.filter(({ report }) => report.madeWith !== undefined);
  const [newest] = [...told].sort((a, b) => b.storedAtMs - a.storedAtMs);
  return told.filter(({ report }) => !sameTools(report.madeWith, newest?.report.madeWith)).map(({ report }) => report.chunkIndex);
}
