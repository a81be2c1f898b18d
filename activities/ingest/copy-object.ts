import { Failure } from '../../temporal/contract/failures';
import type { CopySource, OriginalCopies } from '../../infra/object-store/original-copies';
import type { UploadedPart } from '../../infra/object-store/multipart-uploads';
import { MIB } from '../../temporal/contract/units';
import { pullPartSize } from '../../workflows/planning/ingest/pull-plan';
import { staleRun } from '../task/activity-failure';
import { goOn, inOrder, note, refuseTooLarge, storedBase, type Pull, type PulledParts } from './pull-http';

/** Of one copy: the store sends nothing before it has ended, and a longer silence counts as an end of the connection. */
const COPIED_AT_ONCE_BYTES = 512 * MIB;

/**
 * Copies an object of the store into parts, those that are missing; small ones in one part. The store does it, under the ETag that the object
 * had at first. Throws `SourceDenied`, `SourceTooLarge`, `SourceMismatch` for one that is empty or changes, and `Cancelled`.
 */
export async function copyObject(pull: Pull, copies: OriginalCopies, partBytes = COPIED_AT_ONCE_BYTES): Promise<PulledParts> {
  const { deps, source, video } = pull;
  const from = objectOf(source.address ?? '');
  const head = await copies.head(from);
  if (!head) throw new Failure('SourceDenied', 'There is no object with this key.');
  if (head.sizeBytes === 0) throw new Failure('SourceMismatch', 'The source is empty.');
  refuseTooLarge(head.sizeBytes, deps.maxSizeBytes);
  const facts = { bytesTotal: head.sizeBytes, validator: head.etag };
  const partSize = pullPartSize(head.sizeBytes, partBytes);
  const { base, parts, missing } = await goOn(pull, { facts, stored: storedBase(source, video), partSize });
  for (const part of missing) {
    pull.signal.throwIfAborted();
    parts.set(part.partNumber, await copyPart(copies, { ...from, etag: head.etag }, { upload: base, part }));
    await note(pull, part.end, head.sizeBytes);
  }
  return { base, parts: inOrder(parts) };
}

/** The bucket and the key of `s3://bucket/key`. */
function objectOf(address: string): { bucket: string; key: string } {
  const [, bucket = '', key = ''] = /^s3:\/\/([^/]+)\/(.+)$/s.exec(address) ?? [];
  return { bucket, key };
}

type PartTo = { upload: PulledParts['base']; part: { partNumber: number; start: number; end: number } };

async function copyPart(copies: OriginalCopies, from: CopySource, { upload, part }: PartTo): Promise<UploadedPart> {
  try {
    const copied = await copies.part(from, upload, part);
    if (copied) return copied;
  } catch (error) {
    // A pull that is given up has its upload aborted.
    if (error instanceof Error && error.name === 'NoSuchUpload') throw staleRun();
    throw error;
  }
  throw new Failure('SourceMismatch', 'The object changes while it is copied.');
}
