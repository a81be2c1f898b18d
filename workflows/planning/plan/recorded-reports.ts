import type { AudioReport, ChunkReport, RenditionReport } from '../../../temporal/contract/media/reports';
import { audioRef, renditionFolder, videoRef } from '../../../temporal/contract/media/renditions';

/** Workers of the first release find renditions by folder. They may read a report during an upgrade, so every report names it. */
type FolderRendition = Omit<RenditionReport, 'ref'> & { folder: string };

type RecordedRendition = (RenditionReport & { folder?: string }) | FolderRendition;

export type RecordedChunkReport = Omit<ChunkReport, 'renditions'> & { renditions: RecordedRendition[] };

/** The first release knew one track, in AAC, and reads that one. */
export type RecordedAudioReport = Omit<AudioReport, 'renditions'> & { renditions?: RecordedRendition[]; rendition?: RecordedRendition };

/** The report of a chunk from its stored form, whatever release wrote it. */
export function chunkReportOf(recorded: RecordedChunkReport): ChunkReport {
  const refOf = (name: string) => videoRef(recorded.family, { name });
  return { ...recorded, renditions: recorded.renditions.map((one) => withRef(one, refOf)) };
}

/** The stored form of a chunk's report, which every release reads. */
export function recordedChunkReport(report: ChunkReport): RecordedChunkReport {
  return { ...report, renditions: report.renditions.map(withFolder) };
}

/** The report of the audio step from its stored form, whatever release wrote it. */
export function audioReportOf({ rendition, renditions, ...report }: RecordedAudioReport): AudioReport {
  const refOf = (name: string) => audioRef({ family: 'aac', name, language: null, role: 'main' });
  const recorded = renditions ?? (rendition ? [rendition] : []);
  return { ...report, renditions: recorded.map((one) => withRef(one, refOf)) };
}

/** The stored form of the report of the audio step, which every release reads. */
export function recordedAudioReport(report: AudioReport): RecordedAudioReport {
  const renditions = report.renditions.map(withFolder);
  return { ...report, renditions, ...(renditions[0] ? { rendition: renditions[0] } : {}) };
}

function withFolder(rendition: RenditionReport): RecordedRendition {
  return { ...rendition, folder: renditionFolder(rendition.ref) };
}

function withRef({ folder = '', ...recorded }: RecordedRendition, refOf: (name: string) => RenditionReport['ref']): RenditionReport {
  if ('ref' in recorded) return recorded;
  return { ref: refOf(folder.slice(folder.indexOf('/') + 1)), ...recorded };
}
