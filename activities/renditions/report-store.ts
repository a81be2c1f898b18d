import type { ObjectStore } from '../../infra/object-store/object-store';
import type { ChunkRef, RunRef } from '../../temporal/contract/activities';
import { ofKnownVersion } from '../../temporal/contract/format-version';
import { segmentsKeys } from '../../temporal/contract/object-keys';
import type { CodecFamily } from '../../temporal/contract/media/families';
import { OBJECTS } from '../../temporal/contract/media/objects';
import type { AudioReport, ChunkReport } from '../../temporal/contract/media/reports';
import {
  audioReportOf,
  chunkReportOf,
  recordedAudioReport,
  recordedChunkReport,
  type RecordedAudioReport,
  type RecordedChunkReport,
} from '../../workflows/planning/plan/recorded-reports';

type LeadPlace = RunRef & { family: CodecFamily; segment: number };
type ChunkPlace = Pick<ChunkRef, 'videoId' | 'generation' | 'family' | 'chunkIndex'>;

/** The report of a chunk, whatever code wrote it, or null when the chunk is not done. Throws `PlanVersionUnknown`. */
export async function loadChunkReport(objects: ObjectStore, place: ChunkPlace): Promise<ChunkReport | null> {
  return loadReport(objects, chunkKey(place));
}

/** Marks a chunk as done: all objects that the report names are stored before. */
export async function storeChunkReport(objects: ObjectStore, place: ChunkPlace, report: ChunkReport): Promise<void> {
  await storeReport(objects, chunkKey(place), report);
}

/** The report of the rungs that were made ahead of the stretch which begins with a 0-based segment, or null. Throws `PlanVersionUnknown`. */
export async function loadLeadReport(objects: ObjectStore, place: LeadPlace): Promise<ChunkReport | null> {
  return loadReport(objects, leadKey(place));
}

/** Tells that rungs of a stretch are there: all objects that the report names are stored before. */
export async function storeLeadReport(objects: ObjectStore, place: LeadPlace, report: ChunkReport): Promise<void> {
  await storeReport(objects, leadKey(place), report);
}

/** The report of the audio step, whatever code wrote it, or null when it is not done. Throws `PlanVersionUnknown`. */
export async function loadAudioReport(objects: ObjectStore, { videoId, generation }: RunRef): Promise<AudioReport | null> {
  const recorded = await objects.getJson<RecordedAudioReport>('segments', segmentsKeys.audioReport(videoId, generation));
  return recorded && audioReportOf(checked(recorded));
}

/** Marks the audio step as done: all objects that the report names are stored before. */
export async function storeAudioReport(objects: ObjectStore, { videoId, generation }: RunRef, report: AudioReport): Promise<void> {
  await objects.put('segments', segmentsKeys.audioReport(videoId, generation), JSON.stringify(recordedAudioReport(report)), OBJECTS.record);
}

async function loadReport(objects: ObjectStore, key: string): Promise<ChunkReport | null> {
  const recorded = await objects.getJson<RecordedChunkReport>('segments', key);
  return recorded && chunkReportOf(checked(recorded));
}

async function storeReport(objects: ObjectStore, key: string, report: ChunkReport): Promise<void> {
  await objects.put('segments', key, JSON.stringify(recordedChunkReport(report)), OBJECTS.record);
}

function checked<T extends { formatVersion: number }>(recorded: T): T {
  ofKnownVersion(recorded);
  return recorded;
}

function chunkKey({ videoId, generation, family, chunkIndex }: ChunkPlace): string {
  return segmentsKeys.chunkReport(videoId, generation, family, chunkIndex);
}

function leadKey({ videoId, generation, family, segment }: LeadPlace): string {
  return segmentsKeys.leadReport(videoId, generation, family, segment);
}
