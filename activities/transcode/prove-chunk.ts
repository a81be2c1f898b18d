import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LRUCache } from 'lru-cache';
import type { ObjectStore } from '../../infra/object-store/object-store';
import type { ChunkRef } from '../../temporal/contract/activities';
import { segmentsKeys } from '../../temporal/contract/object-keys';
import { OBJECTS } from '../../temporal/contract/media/objects';
import type { ChunkPlan, Plan } from '../../temporal/contract/media/plan';
import type { RenditionReport, ToolVersions } from '../../temporal/contract/media/reports';
import { fractionText } from '../../workflows/planning/timeline/frame-rate';
import { checkReadBack, checkSourceOrigins, parseFrameOrigins } from '../../workflows/planning/proof/check-origins';
import { checkParameterSets, initRecordOf, type InitRecord } from '../../workflows/planning/proof/check-parameter-sets';
import { checkSignatures } from '../../workflows/planning/proof/check-signatures';
import { checkStretches } from '../../workflows/planning/proof/check-stretches';
import { starvedFrames } from '../../workflows/planning/proof/starved-frames';
import { onlyCells } from '../../workflows/planning/encode/watermark/unmarked-cells';
import { readBackArgs, splitSignatures, type ProofFiles } from '../../workflows/planning/proof/signatures';

/** Records by key, which never change: chunks that run one after the other in this process fetch theirs once. */
const records = new LRUCache<string, InitRecord>({ max: 64 });

/** Files below `folder` in which a chunk's encode, or the reading back of its segments, leaves its proof. */
export function proofFiles(folder: string, name: 'source' | 'output'): ProofFiles {
  return { signaturesPath: join(folder, `${name}.signatures`), originsPath: join(folder, `${name}.origins`) };
}

export interface FrameProof {
  plan: Pick<Plan, 'grid' | 'source'>;
  chunk: ChunkPlan;
  /** Holds the files of the encode under `proofFiles(scratch, 'source')`. */
  scratch: string;
  /** Final segments of the lowest rung, and the folder they lie in. */
  rendition: RenditionReport;
  folder: string;
  /** The cap that it was encoded with. */
  maxrateBps: number;
  /** Samples of a signature that no watermark reaches; null where all are compared. */
  cells?: readonly number[] | null;
  /** The decoder reported damage, so frames of the source may be missing. */
  damaged: boolean;
  /** Runs ffmpeg with arguments. */
  ffmpeg(args: string[]): Promise<unknown>;
}

/**
 * Proves that the finished segments show the chunk's source frames, each once and on time: the encoder got the right ones
 * (by their timestamps), and the decoded output looks like them, without a black or frozen stretch of its own. Resolves to the problem, or null.
 */
export async function proveFrames(proof: FrameProof): Promise<string | null> {
  const { plan, chunk, rendition, folder, scratch } = proof;
  const source = proofFiles(scratch, 'source');
  const output = proofFiles(scratch, 'output');
  const fed = parseFrameOrigins(await readFile(source.originsPath, 'utf8'));
  const misfed = checkSourceOrigins({ plan, chunk, damaged: proof.damaged }, fed);
  if (misfed) return misfed;
  const { num, den } = plan.grid.frameRate;
  const segmentPaths = rendition.segments.map(({ name }) => join(folder, name));
  const initPath = join(folder, rendition.initName);
  await proof.ffmpeg(readBackArgs({ initPath, segmentPaths, timebase: fractionText({ num: den, den: num }), files: output }));
  const misplaced = checkReadBack(plan.grid, chunk, parseFrameOrigins(await readFile(output.originsPath, 'utf8')));
  if (misplaced) return misplaced;
  const signatures = async (path: string) => onlyCells(splitSignatures(await readFile(path)), proof.cells ?? null);
  const [wanted, shown] = await Promise.all([signatures(source.signaturesPath), signatures(output.signaturesPath)]);
  const starved = starvedFrames(wanted, shown, { ...rendition, ...plan.grid, maxrateBps: proof.maxrateBps });
  return checkStretches(wanted, shown, starved) ?? checkSignatures(wanted, shown, starved);
}

/**
 * Proves that a chunk has the parameter sets of the first finished one of the family and of the same tools, which this may be, unless it is
 * not finished (`isPart`). Resolves to the problem, or null.
 */
export async function proveParameterSets(
  objects: ObjectStore,
  ref: Pick<ChunkRef, 'videoId' | 'generation' | 'family' | 'planSha256'>,
  { renditions, madeWith, isPart = false }: { renditions: readonly RenditionReport[]; madeWith: ToolVersions; isPart?: boolean },
): Promise<string | null> {
  const tools = createHash('sha256').update(JSON.stringify(madeWith)).digest('hex').slice(0, 16);
  const key = segmentsKeys.initRecord(ref.videoId, ref.generation, ref.family, tools);
  const own = initRecordOf(renditions);
  // A family that was taken back and made anew has another plan, and a record of its own once the old one is deleted.
  const known = `${key} ${ref.planSha256}`;
  const record = records.get(known) ?? (await recorded(objects, { key, known }, isPart ? null : own));
  return checkParameterSets(record ?? own, renditions);
}

/** Caches records of the store, never one that only this chunk has made. Writes `own` where there is none yet. */
async function recorded(
  objects: ObjectStore,
  { key, known }: { key: string; known: string },
  own: InitRecord | null,
): Promise<InitRecord | null> {
  const get = () => objects.getJson<InitRecord>('segments', key);
  // Most processes find the record there and have nothing to write.
  let record = await get();
  if (record === null && own !== null) {
    await objects.putIfAbsent('segments', key, JSON.stringify(own), OBJECTS.record);
    record = await get();
  }
  if (record) records.set(known, record);
  return record;
}
