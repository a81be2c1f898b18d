import { heartbeat } from '@temporalio/activity';
import pMap from 'p-map';
import type { ObjectStore } from '../../infra/object-store/object-store';
import type { FamilyChunks, RunRef } from '../../temporal/contract/activities';
import type { MissingChunks } from '../../temporal/contract/results';
import type { CodecFamily } from '../../temporal/contract/media/families';
import { clearPlace, segmentsKeys, type MediaPlace } from '../../temporal/contract/object-keys';
import { POLICIES } from '../../temporal/contract/policies';
import type { ChunkReport } from '../../temporal/contract/media/reports';
import { lostObjects, namesObjects } from '../../workflows/planning/run/chunk-objects';
import { loadChunkReport } from '../renditions/report-store';
import { chunksOfOlderTools, mixesTools } from '../../workflows/planning/run/tool-mixture';
import { chunksOf, encodeMissing } from '../../workflows/planning/run/missing-chunks';
import { recordedPlan } from '../task/plan-store';
import { toApplicationFailure, toFailure } from '../task/activity-failure';

const REPORTS_AT_ONCE = 16;

/**
 * Tells which chunks of a range have no report for the plan, lack an object that it names or were made with older tools than the newest
 * one, so that a retry encodes only those. One
 * listing tells which reports are there; each of them is read, because only its content says of which plan it is, and what it made.
 * Fails with `StorageUnavailable`, which is tried again.
 */
export async function findMissingChunks(deps: { objects: ObjectStore }, range: FamilyChunks): Promise<MissingChunks> {
  try {
    const done = await finishedChunks(deps.objects, range);
    return { missing: encodeMissing(range, (chunkIndex) => !done.has(chunkIndex)) };
  } catch (error) {
    throw toApplicationFailure(toFailure(error, 'EncodeFailed'), POLICIES.bookkeeping, 0);
  }
}

/** The chunks among `chunks` that have a report, of whatever plan: one paged listing. Throws `StorageUnavailable`. */
export async function reportedChunks(
  objects: ObjectStore,
  run: RunRef & { family: CodecFamily },
  chunks: readonly number[],
): Promise<number[]> {
  const { videoId, generation, family } = run;
  const folder = segmentsKeys.chunkReports(videoId, generation, family);
  const stored = await objects.sizesBelow('segments', folder);
  return chunks.filter((chunkIndex) => stored.has(segmentsKeys.chunkReport(videoId, generation, family, chunkIndex).slice(folder.length)));
}

/** Sizes of the stored objects of a family, by their names below `place`. Throws `StorageUnavailable`. */
export async function familySizes(
  objects: ObjectStore,
  { bucket, folder }: MediaPlace,
  family: CodecFamily,
): Promise<ReadonlyMap<string, number>> {
  const sizes = await objects.sizesBelow(bucket, `${folder}/${family}/`);
  return new Map([...sizes].map(([name, sizeBytes]) => [`${family}/${name}`, sizeBytes]));
}

async function finishedChunks(objects: ObjectStore, range: FamilyChunks): Promise<Set<number>> {
  const { videoId, generation, family, planSha256 } = range;
  const candidates = await reportedChunks(objects, range, chunksOf(range));
  let listing: ReturnType<typeof familySizes> | undefined;
  const sizes = async () => familySizes(objects, await clearPlaceOf(objects, range), family);
  const isThere = async (report: ChunkReport) => !namesObjects(report) || lostObjects(report, await (listing ??= sizes())).length === 0;
  const done: ChunkReport[] = [];
  const look = async (chunkIndex: number) => {
    heartbeat();
    const report = await loadChunkReport(objects, { videoId, generation, family, chunkIndex });
    if (report?.planSha256 === planSha256 && (await isThere(report))) done.push(report);
  };
  await pMap(candidates, look, { concurrency: REPORTS_AT_ONCE });
  const older = new Set(mixesTools(done) ? await ofOlderTools(objects, range, done) : []);
  return new Set(done.map(({ chunkIndex }) => chunkIndex).filter((chunkIndex) => !older.has(chunkIndex)));
}

async function clearPlaceOf(objects: ObjectStore, range: FamilyChunks): Promise<MediaPlace> {
  const recorded = await recordedPlan(objects, range, range.joins);
  return clearPlace({ ...range, protection: recorded?.plan.protection });
}

async function ofOlderTools(objects: ObjectStore, { videoId, generation, family }: FamilyChunks, done: ChunkReport[]): Promise<number[]> {
  const stored = async (report: ChunkReport) => {
    heartbeat();
    const head = await objects.head('segments', segmentsKeys.chunkReport(videoId, generation, family, report.chunkIndex));
    return { report, storedAtMs: head?.lastModified.getTime() ?? 0 };
  };
  return chunksOfOlderTools(await pMap(done, stored, { concurrency: REPORTS_AT_ONCE }));
}
