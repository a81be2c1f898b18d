import { setTimeout as sleep } from 'node:timers/promises';
import type { Readable } from 'node:stream';
import pTimeout from 'p-timeout';
import type { Bucket } from '../../temporal/contract/object-keys';
import { Failure } from '../../temporal/contract/failures';
import type { ObjectBody, ObjectStore } from './object-store';
import { statusOf, storage } from './storage-call';

/** How long the store may be silent while bytes are awaited; how long the reader pauses is not counted. */
const SILENCE_LIMIT_MS = 30_000;
/** Tries without a byte in between, after which the store counts as away. */
const MOST_TRIES = 4;
const PAUSE_MS = 500;

class ObjectGoneError extends Error {}

export interface OriginRead {
  bucket: Bucket;
  key: string;
  /** The version that the answer was begun with. */
  etag: string;
  /** Bytes to send, the end included. */
  first: number;
  last: number;
  /** Begins at `first`; asked of the store when it is left out. */
  body?: Readable | undefined;
  /** Aborts when the reader has left. */
  signal: AbortSignal;
}

/** An object with its whole body on the way, or null when there is none. Throws `StorageUnavailable`. */
export function openObject(store: ObjectStore, object: Pick<OriginRead, 'bucket' | 'key' | 'signal'>): Promise<ObjectBody | null> {
  return storage(() => withinLimit(store.stream(object.bucket, object.key, { signal: object.signal })));
}

/**
 * The bytes of one version of an object, for a reader who may pause for as long as they like. A body that breaks off, as when the
 * store restarts or gives a resting connection up, is taken up where it stopped. Throws `StorageUnavailable` when the store
 * stays away or has another version, and the signal's reason when the reader has left.
 */
export async function* readSteadily(store: ObjectStore, read: OriginRead): AsyncGenerator<Uint8Array> {
  let next = read.first;
  let body = read.body;
  for (let tries = 1; next <= read.last; tries++) {
    try {
      body ??= await openFrom(store, read, next);
      for await (const chunk of chunksOf(body)) {
        yield chunk;
        next += chunk.byteLength;
        tries = 0;
      }
    } catch (error) {
      read.signal.throwIfAborted();
      if (tries >= MOST_TRIES || isRefusal(error)) throw brokeOff(error);
    }
    body = undefined;
    if (next <= read.last) await sleep(PAUSE_MS, undefined, { signal: read.signal });
  }
}

async function openFrom(store: ObjectStore, read: OriginRead, first: number): Promise<Readable> {
  const part = { range: `bytes=${first}-${read.last}`, ifMatch: read.etag, signal: read.signal };
  const object = await withinLimit(store.stream(read.bucket, read.key, part));
  if (object === null) throw new ObjectGoneError();
  return object.body;
}

/** Each chunk within the limit; the time that the reader takes between two does not count. */
async function* chunksOf(body: Readable): AsyncGenerator<Uint8Array> {
  const chunks = body[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  try {
    for (;;) {
      const chunk = await withinLimit(chunks.next());
      if (chunk.done) return;
      yield chunk.value;
    }
  } finally {
    body.destroy();
  }
}

function withinLimit<T>(work: Promise<T>): Promise<T> {
  return pTimeout(work, { milliseconds: SILENCE_LIMIT_MS, message: 'the store was silent' });
}

/** The object is another or gone: asking again does not help. */
function isRefusal(error: unknown): boolean {
  if (error instanceof ObjectGoneError) return true;
  const status = statusOf((error as { cause?: unknown }).cause ?? error);
  return status >= 400 && status < 500;
}

function brokeOff(cause: unknown): Failure {
  return new Failure('StorageUnavailable', 'Object storage broke off in the middle of a file.', { cause });
}
