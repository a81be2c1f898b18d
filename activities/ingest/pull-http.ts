import pMap from 'p-map';
import type { PullBase, VideoSource } from '../../infra/database/ingest/ingest-repository';
import type { Video } from '../../infra/database/video';
import type { UploadedPart } from '../../infra/object-store/multipart-uploads';
import { Failure } from '../../temporal/contract/failures';
import { missingParts, pullPartSize, type PartToPull } from '../../workflows/planning/ingest/pull-plan';
import { staleRun } from '../task/activity-failure';
import { asFailure, SourceChanged, type HttpSource, type SourceFacts } from './http-source';
import type { IngestDependencies } from './ingest-dependencies';

/** Requests at a time: a second one keeps the line busy while the store takes the first. */
const PARTS_AT_ONCE = 2;
/** A source that changes under each attempt to read it is no file. */
const MOST_VERSIONS = 3;

export interface Pull {
  deps: IngestDependencies;
  video: Video;
  source: VideoSource;
  signal: AbortSignal;
  /** Share of what is stored, 0 to 100. */
  progress: (percent: number) => void;
}

/** An upload with all its parts in order. */
export interface PulledParts {
  base: PullBase;
  parts: UploadedPart[];
}

/**
 * Stores the parts of a file that are missing. Parts of an earlier attempt are kept while the source is the same by its validator and its size;
 * a source that has changed starts over. Throws `SourceTooLarge`, `SourceMismatch` for one that goes on changing, `Cancelled` for a pull
 * that was given up, and the failures of {@link HttpSource}.
 */
export async function pullHttp(pull: Pull, http: HttpSource): Promise<PulledParts> {
  let stored = storedBase(pull.source, pull.video);
  for (let version = 1; version <= MOST_VERSIONS; version++) {
    const facts = await http.inspect();
    refuseTooLarge(facts.bytesTotal ?? 0, pull.deps.maxSizeBytes);
    try {
      // Only a validator tells whether the bytes of two requests belong together; one response is of one version in any case.
      const isDivisible = facts.hasRanges && facts.validator !== null;
      return isDivisible ? await pullRanges(pull, { http, facts, stored }) : await pullWhole(pull, { http, facts, stored });
    } catch (error) {
      if (!(error instanceof SourceChanged)) throw error;
      stored = storedBase((await pull.deps.rows.find(pull.video.videoId)) ?? pull.source, pull.video);
    }
  }
  throw new Failure('SourceMismatch', 'The file changes while it is read.');
}

/** Throws `SourceTooLarge`. */
export function refuseTooLarge(bytes: number, maxSizeBytes: number): void {
  if (bytes > maxSizeBytes) throw new Failure('SourceTooLarge', `The source is larger than ${maxSizeBytes} bytes.`);
}

interface NewBase {
  facts: Omit<SourceFacts, 'hasRanges'>;
  stored: PullBase | null;
  partSize: number;
}

interface Asked {
  http: HttpSource;
  facts: SourceFacts;
  /** What an earlier attempt has begun. */
  stored: PullBase | null;
}

async function pullRanges(pull: Pull, { http, facts, stored }: Asked): Promise<PulledParts> {
  const bytesTotal = facts.bytesTotal!;
  const { validator } = facts;
  const { base, parts, missing } = await goOn(pull, { facts: { bytesTotal, validator }, stored, partSize: partSizeOf(pull, facts) });
  let received = bytesTotal - missing.reduce((sum, { start, end }) => sum + end - start, 0);
  await note(pull, received, bytesTotal);
  // Of the map, one that fails ends the others.
  const ending = new AbortController();
  const pullPart = async (part: PartToPull): Promise<void> => {
    ending.signal.throwIfAborted();
    const body = await http.part(part, facts);
    parts.set(part.partNumber, await storePart(pull, base, { partNumber: part.partNumber, body }));
    received += body.byteLength;
    await note(pull, received, bytesTotal);
  };
  const results = await pMap(missing, (part) => pullPart(part).catch((error: unknown) => end(ending, error)), {
    concurrency: PARTS_AT_ONCE,
  });
  const failed = results.find((result) => result !== undefined);
  if (failed) throw failed.error;
  return { base, parts: inOrder(parts) };
}

/** Parts under way are awaited, so that none reaches the store behind the end of the attempt. */
function end(ending: AbortController, error: unknown): { error: unknown } {
  const first = ending.signal.aborted ? (ending.signal.reason as unknown) : error;
  ending.abort(first);
  return { error: first };
}

/** From a server without ranges, or without a strong validator, from the first byte in one go. */
async function pullWhole(pull: Pull, { http, facts, stored }: Asked): Promise<PulledParts> {
  const base = await startOver(pull, { facts, stored, partSize: partSizeOf(pull, facts) });
  const body = await http.whole();
  const parts: UploadedPart[] = [];
  let received = 0;
  try {
    for await (const part of inParts(body, base.partSize)) {
      received += part.byteLength;
      refuseTooLarge(received, pull.deps.maxSizeBytes);
      parts.push(await storePart(pull, base, { partNumber: parts.length + 1, body: part }));
      await note(pull, received, facts.bytesTotal);
    }
  } catch (error) {
    pull.signal.throwIfAborted();
    throw asFailure(error);
  }
  if (received === 0) throw new Failure('SourceMismatch', 'The source is empty.');
  // The client refuses a body of another length than this answer announced; the answer before may have announced another one.
  if (facts.bytesTotal !== null && received !== facts.bytesTotal) throw new SourceChanged();
  await pull.deps.rows.setBase(pull.video.videoId, { ...base, bytesTotal: received });
  return { base, parts };
}

async function* inParts(body: AsyncIterable<Buffer>, partSize: number): AsyncGenerator<Buffer> {
  let pieces: Buffer[] = [];
  let held = 0;
  for await (const piece of body) {
    let rest = piece;
    while (held + rest.length >= partSize) {
      const taken = partSize - held;
      yield Buffer.concat([...pieces, rest.subarray(0, taken)]);
      rest = rest.subarray(taken);
      pieces = [];
      held = 0;
    }
    pieces.push(rest);
    held += rest.length;
  }
  if (held > 0) yield Buffer.concat(pieces);
}

/** The upload of an earlier attempt with its parts where they are of the same content, else a new one, and the parts that it lacks. */
export async function goOn(
  pull: Pull,
  { facts, stored, partSize }: NewBase & { facts: { bytesTotal: number } },
): Promise<{ base: PullBase; parts: Map<number, UploadedPart>; missing: PartToPull[] }> {
  // Without a validator nothing tells whether parts of two attempts belong together.
  const isSame = stored?.validator != null && stored.validator === facts.validator && stored.bytesTotal === facts.bytesTotal;
  const kept = isSame ? await pull.deps.uploads.listParts(stored) : null;
  const base = kept && stored ? stored : await startOver(pull, { facts, stored, partSize });
  const parts = new Map((kept ?? []).map((part) => [part.partNumber, part]));
  return { base, parts, missing: missingParts(facts.bytesTotal, base.partSize, [...parts.values()]) };
}

export function inOrder(parts: ReadonlyMap<number, UploadedPart>): UploadedPart[] {
  return [...parts.values()].sort((a, b) => a.partNumber - b.partNumber);
}

/** A new upload in place of that of an earlier attempt. Throws `Cancelled` for a pull that was given up. */
async function startOver({ deps, video }: Pull, { facts, stored, partSize }: NewBase): Promise<PullBase> {
  if (stored) await deps.uploads.abort(stored);
  const upload = await deps.uploads.create(video.originalS3Key, video.contentType);
  const base = { ...upload, partSize, validator: facts.validator, bytesTotal: facts.bytesTotal };
  if (await deps.rows.setBase(video.videoId, base)) {
    if (facts.bytesTotal !== null) await deps.rows.setSize(video.videoId, facts.bytesTotal);
    return base;
  }
  await deps.uploads.abort(upload);
  throw staleRun();
}

function partSizeOf({ deps }: Pull, { bytesTotal }: SourceFacts): number {
  return pullPartSize(bytesTotal ?? deps.maxSizeBytes, deps.smallestPartBytes);
}

async function storePart(
  { deps }: Pull,
  base: PullBase,
  { partNumber, body }: { partNumber: number; body: Buffer },
): Promise<UploadedPart> {
  const part = await deps.uploads.putPart(base, partNumber, body);
  // A pull that is given up has its upload aborted.
  if (!part) throw staleRun();
  return part;
}

/** Shows how far the pull is. */
export async function note({ deps, video, progress }: Pull, received: number, total: number | null): Promise<void> {
  if (total !== null) progress((100 * received) / total);
  await deps.rows.setReceived(video.videoId, received);
}

/** The upload that an earlier attempt has begun; null where there is none. */
export function storedBase({ uploadId, validator, partSize, bytesTotal }: VideoSource, { originalS3Key }: Video): PullBase | null {
  return uploadId === null || partSize === null ? null : { key: originalS3Key, uploadId, validator, partSize, bytesTotal };
}
