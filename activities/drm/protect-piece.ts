import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import pMap from 'p-map';
import type { ContentKey } from '../../infra/content-keys/content-keys';
import type { PieceRef } from '../../temporal/contract/activities';
import type { ChunkResult } from '../../temporal/contract/results';
import { Failure } from '../../temporal/contract/failures';
import { FORMAT_VERSION } from '../../temporal/contract/format-version';
import type { KeyLabel, ProtectedRendition } from '../../temporal/contract/media/protection';
import { recipeOf } from '../../temporal/contract/media/recipe';
import { protectedPlace } from '../../temporal/contract/object-keys';
import { ivCollision } from '../../workflows/planning/protection/merge-pieces';
import { keyFlag, protectionArgs, type ProtectionInput } from '../../workflows/planning/protection/protection-args';
import { segmentSeconds } from '../../workflows/planning/encode/packager-args';
import { fetchSpan, type JoinedRendition } from '../renditions/fetch-span';
import { versionsSha256 } from '../renditions/stored-versions';
import { uploadRendition } from '../renditions/upload-rendition';
import { runTask, type TaskContext } from '../task/run-task';
import type { ActivityDependencies } from '../task/activity-dependencies';
import { checkRendition } from './check-piece';
import { isPieceDone, pieceReportKey, storePieceReport } from './piece-store';
import { labelOf, loadPiece, type PieceSource } from './protection-source';
import { pieceTask } from './piece-task';

/** Joined, encrypted, and what boxes add. */
const COPIES = 2.2;

/**
 * Encrypts consecutive segments of all renditions of a group in one run of the packager, proves them and stores them. The report is written
 * last, so a piece that has one is done while its clear segments stay the same. Throws `EncryptionFailed`, `OutputInvalid`, `PlanInvalid`,
 * `ScratchFull`, and the failures of the key provider.
 */
export async function protectPiece(deps: ActivityDependencies, ref: PieceRef): Promise<ChunkResult> {
  const startedMs = performance.now();
  return runTask<ChunkResult>(deps, { ref: pieceTask(ref), policy: 'drm', toolFailure: 'EncryptionFailed' }, async (task) => {
    const source = await loadPiece({ objects: task.objects, videos: deps.videos }, ref);
    const { scheme } = source.request;
    const outputKey = pieceReportKey(ref, scheme);
    if (await isPieceDone(task.objects, source)) return { result: { bytesOut: 0 }, outputKey, bytesIn: 0, bytesOut: 0 };
    const bytesIn = clearBytes(source);
    await task.needs(Math.ceil(COPIES * bytesIn));
    const keys = await deps.contentKeys.keysOf(ref.videoId, source.request, source.labels);
    const joined = await fetchAll(task, source);
    const renditions = await encrypt(deps, task, { source, keys, joined });
    const bytesOut = await upload(task, source, renditions);
    const clearSha256 = versionsSha256(joined.flatMap(({ versions }) => versions));
    const report = { formatVersion: FORMAT_VERSION, pieceIndex: ref.pieceIndex, clearSha256, renditions };
    await storePieceReport(task.objects, ref, { scheme, report });
    const ranMs = Math.round(performance.now() - startedMs);
    return { result: { bytesOut, ranMs }, outputKey, bytesIn, bytesOut };
  });
}

function clearBytes({ renditions, span }: PieceSource): number {
  const segments = renditions.flatMap((rendition) => rendition.segments.slice(span.first, span.end));
  return segments.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}

async function fetchAll(task: TaskContext, { renditions, place, span }: PieceSource): Promise<JoinedRendition[]> {
  const fetch = (rendition: PieceSource['renditions'][number], index: number) =>
    fetchSpan(task, { place, rendition, span, path: join(task.scratch, `${index}.mp4`) });
  return pMap(renditions, fetch, { concurrency: 2 });
}

/** Resolves to the proved renditions, whose files lie in the folders of {@link folderOf}. */
async function encrypt(
  deps: ActivityDependencies,
  task: TaskContext,
  { source, keys, joined }: { source: PieceSource; keys: readonly ContentKey[]; joined: readonly JoinedRendition[] },
): Promise<ProtectedRendition[]> {
  const { plan, request, span } = source;
  const inputs = joined.map(({ rendition, path }, index): ProtectionInput & { key: ContentKey } => {
    const label = labelOf(source, rendition);
    const kind = rendition.ref.kind === 'audio' ? 'audio' : 'video';
    return { kind, label, path, folder: folderOf(task, index), key: keyOfLabel(keys, label) };
  });
  await Promise.all(inputs.map(({ folder }) => mkdir(folder)));
  const args = protectionArgs({
    request,
    inputs,
    segmentSeconds: segmentSeconds(plan.grid, inputs[0]?.kind ?? 'video'),
    firstSegmentNumber: span.first + 1,
  });
  await task.tool({ tool: deps.tools.packager, args, secretInput: secretOf(source, keys) });
  const recipe = recipeOf(plan);
  const renditions: ProtectedRendition[] = [];
  for (const [index, one] of joined.entries()) {
    task.signal.throwIfAborted();
    const { folder, key } = inputs[index] as (typeof inputs)[number];
    renditions.push(await checkRendition({ joined: one, span, folder, key, scheme: request.scheme, recipe }));
  }
  const collision = ivCollision(renditions);
  if (collision) throw new Failure('OutputInvalid', `The encrypted streams did not pass their check: ${collision}.`);
  return renditions;
}

function secretOf({ request }: PieceSource, keys: readonly ContentKey[]): string {
  try {
    return keyFlag(request, keys);
  } catch (error) {
    throw new Failure('KeyProviderDenied', 'The key provider gave a key that is not one.', { cause: error });
  }
}

function keyOfLabel(keys: readonly ContentKey[], label: KeyLabel): ContentKey {
  const key = keys.find((one) => one.label === label);
  if (!key) throw new Failure('KeyProviderDenied', `The key provider gave no key for ${label}.`);
  return key;
}

async function upload(task: TaskContext, { ref, request }: PieceSource, renditions: readonly ProtectedRendition[]): Promise<number> {
  const place = protectedPlace(ref, request.scheme);
  const store = (report: ProtectedRendition, index: number) =>
    uploadRendition(task.objects, place, { path: folderOf(task, index), report, withInit: ref.pieceIndex === 0, signal: task.signal });
  const sizes = await pMap(renditions, store, { concurrency: 8 });
  return sizes.reduce((sum, size) => sum + size, 0);
}

function folderOf({ scratch }: TaskContext, index: number): string {
  return join(scratch, `encrypted_${index}`);
}
