import type { AudioReport, ChunkReport, RenditionReport } from '../../../temporal/contract/reports';
import { audioRef, videoRef } from '../../../temporal/contract/media/renditions';

/** Reports from before renditions had references named their folder. */
type FolderRendition = Omit<RenditionReport, 'ref'> & { folder: string };

export type RecordedRendition = RenditionReport | FolderRendition;

export type RecordedChunkReport = Omit<ChunkReport, 'renditions'> & { renditions: RecordedRendition[] };

/** There was one track at most, in AAC. */
export type RecordedAudioReport = AudioReport | (Omit<AudioReport, 'renditions'> & { rendition: FolderRendition });

/** The report of a chunk as the store has it, whatever code wrote it. */
export function chunkReportOf(recorded: RecordedChunkReport): ChunkReport {
  const refOf = (name: string) => videoRef(recorded.family, { name });
  return { ...recorded, renditions: recorded.renditions.map((one) => withRef(one, refOf)) };
}

/** The report of the audio step as the store has it, whatever code wrote it. */
export function audioReportOf(recorded: RecordedAudioReport): AudioReport {
  if ('renditions' in recorded) return recorded;
  const { rendition, ...report } = recorded;
  const refOf = (name: string) => audioRef({ family: 'aac', name, language: null, role: 'main' });
  return { ...report, renditions: [withRef(rendition, refOf)] };
}

function withRef(recorded: RecordedRendition, refOf: (name: string) => RenditionReport['ref']): RenditionReport {
  if ('ref' in recorded) return recorded;
  const { folder, ...rendition } = recorded;
  return { ref: refOf(folder.slice(folder.indexOf('/') + 1)), ...rendition };
}
