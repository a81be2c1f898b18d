import { open } from 'node:fs/promises';
import type { ObjectStore } from '../../infra/object-store/object-store';
import { Failure } from '../../temporal/contract/failures';

const PART_BYTES = 8 * 1024 ** 2;

/** Copies a temporary object, of that size in bytes, into the file `path`: what is read several times is fetched once. Throws `SourceNotFound`. */
export async function fetchSound(
  { objects, signal }: { objects: ObjectStore; signal: AbortSignal },
  { key, sizeBytes, path }: { key: string; sizeBytes: number; path: string },
): Promise<void> {
  const file = await open(path, 'w');
  try {
    for (let offset = 0; offset < sizeBytes; offset += PART_BYTES) {
      signal.throwIfAborted();
      const bytes = await objects.getRange('segments', key, { offset, sizeBytes: Math.min(PART_BYTES, sizeBytes - offset) });
      if (!bytes) throw soundGone();
      await file.write(bytes);
    }
  } finally {
    await file.close();
  }
}

/** The size of a temporary object in bytes. Throws `SourceNotFound`. */
export async function sizeOfSound(objects: ObjectStore, key: string): Promise<number> {
  const head = await objects.head('segments', key);
  if (!head) throw soundGone();
  return head.sizeBytes;
}

function soundGone(): Failure {
  return new Failure('SourceNotFound', 'The audio that was copied out of the source is gone; retry from the probe step.');
}
