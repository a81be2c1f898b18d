import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { GetObjectCommand, HeadObjectCommand, NoSuchKey, NotFound, paginateListObjectsV2, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { Failure } from '../../temporal/contract/failures';
import type { Bucket } from '../../temporal/contract/object-keys';

/** Answers to a conditional write that lost: the tag is another, a write at the same time won, or the object is gone. */
const CONDITION_FAILED = new Set([412, 409, 404]);
const RANGE_NOT_SATISFIABLE = 416;

/** Of a body on its way, whoever asks. */
const TRANSFER_ATTEMPTS = 5;
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5_000;

/** How long a task waits for a store that is away, rather than lose what it has made: longer than most stores take to restart. */
const PATIENCE_MS = 2 * 60_000;

/** For how long a call is repeated while the store is away, and what ends the wait early. */
interface Patience {
  ms: number;
  signal?: AbortSignal | undefined;
}

export type BucketNames = Record<Bucket, string>;

export interface ObjectHead {
  sizeBytes: number;
  etag: string;
  contentType: string;
  lastModified: Date;
}

export interface ObjectBody extends ObjectHead {
  body: Readable;
  /** `bytes a-b/size` when a range was asked for. */
  contentRange: string | null;
}

export interface PutOptions {
  contentType: string;
  cacheControl?: string;
}

/**
 * Reads and writes objects by bucket purpose. It has no way to delete: originals can not be lost through it.
 * Methods throw `SourceNotFound` for a missing original, `StorageUnavailable` when the store does not answer.
 */
export class ObjectStore {
  constructor(
    readonly client: S3Client,
    readonly buckets: BucketNames,
    private readonly patience: Patience = { ms: 0 },
  ) {}

  /**
   * The same store for callers with work to lose: a call that finds it away is repeated for two minutes, and rejects with the
   * signal's reason when aborted in a pause. Only \`stream\` stays impatient.
   */
  patient(signal?: AbortSignal): ObjectStore {
    return new ObjectStore(this.client, this.buckets, { ms: PATIENCE_MS, signal });
  }

  /** Stores a small body in one PUT. Resolves to its size in bytes. */
  async put(bucket: Bucket, key: string, body: string | Uint8Array, options: PutOptions): Promise<number> {
    const bytes = typeof body === 'string' ? Buffer.from(body, 'utf8') : body;
    await this.lasting(() => this.client.send(this.putCommand({ bucket, key }, { body: bytes, sizeBytes: bytes.byteLength }, options)));
    return bytes.byteLength;
  }

  /** Stores a small body unless the key exists. Resolves to whether it was stored. */
  async putIfAbsent(bucket: Bucket, key: string, body: string, options: PutOptions): Promise<boolean> {
    return this.putIfUnchanged(bucket, key, Buffer.from(body, 'utf8'), { ...options, etag: null });
  }

  /**
   * Stores a small body if the object still has this entity tag, or does not exist where it is null (RFC 9110 13.1.1, 13.1.2).
   * Resolves to whether it was stored; an answer that was lost on the way can make that false although it was.
   */
  async putIfUnchanged(bucket: Bucket, key: string, body: Uint8Array, options: PutOptions & { etag: string | null }): Promise<boolean> {
    const command = this.putCommand({ bucket, key }, { body, sizeBytes: body.byteLength }, options);
    if (options.etag === null) command.input.IfNoneMatch = '*';
    else command.input.IfMatch = options.etag;
    try {
      await this.lasting(() => this.client.send(command));
      return true;
    } catch (error) {
      if (CONDITION_FAILED.has(statusOf(error))) return false;
      throw error;
    }
  }

  /** Stores a file in one PUT, so below 5 GB. Resolves to its size in bytes. */
  async putFile(bucket: Bucket, key: string, path: string, options: PutOptions): Promise<number> {
    const { size } = await stat(path);
    const put = () => this.client.send(this.putCommand({ bucket, key }, { body: createReadStream(path), sizeBytes: size }, options));
    await this.lasting(put, TRANSFER_ATTEMPTS);
    return size;
  }

  /** The whole object as bytes, or null when there is none. */
  async get(bucket: Bucket, key: string): Promise<Uint8Array | null> {
    const object = await this.getWithEtag(bucket, key);
    return object && object.bytes;
  }

  /** The whole object with its entity tag, or null when there is none. */
  async getWithEtag(bucket: Bucket, key: string): Promise<{ bytes: Uint8Array; etag: string } | null> {
    return this.wholeObject(async () => {
      const response = await this.client.send(new GetObjectCommand({ Bucket: this.buckets[bucket], Key: key }));
      return { bytes: response.Body ? await response.Body.transformToByteArray() : new Uint8Array(), etag: response.ETag ?? '' };
    });
  }

  /** A parsed JSON object, or null when there is none. The caller knows the type because only this system writes it. */
  async getJson<T>(bucket: Bucket, key: string): Promise<T | null> {
    const bytes = await this.get(bucket, key);
    return bytes === null ? null : (JSON.parse(Buffer.from(bytes).toString('utf8')) as T);
  }

  async head(bucket: Bucket, key: string): Promise<ObjectHead | null> {
    return absentAsNull(() =>
      this.lasting(async () => {
        const response = await this.client.send(new HeadObjectCommand({ Bucket: this.buckets[bucket], Key: key }));
        return headOf(response, response.ContentLength);
      }),
    );
  }

  /**
   * A stream over an object or over `range` (an RFC 9110 14.2 byte range such as `bytes=0-99`), or null when there is none.
   * The caller consumes or destroys the body.
   */
  async stream(bucket: Bucket, key: string, range?: string, signal?: AbortSignal): Promise<ObjectBody | null> {
    return absentAsNull(() =>
      storage(async () => {
        const response = await this.client.send(
          new GetObjectCommand({ Bucket: this.buckets[bucket], Key: key, Range: range }),
          signal ? { abortSignal: signal } : {},
        );
        return {
          ...headOf(response, response.ContentLength),
          body: response.Body as Readable,
          contentRange: response.ContentRange ?? null,
        };
      }),
    );
  }

  /** Size of every object below a prefix, by the rest of its key. */
  async sizesBelow(bucket: Bucket, prefix: string): Promise<Map<string, number>> {
    return this.lasting(async () => {
      const sizes = new Map<string, number>();
      for await (const page of paginateListObjectsV2({ client: this.client }, { Bucket: this.buckets[bucket], Prefix: prefix })) {
        for (const { Key = '', Size = 0 } of page.Contents ?? []) sizes.set(Key.slice(prefix.length), Size);
      }
      return sizes;
    });
  }

  /** The bytes of a range, or null when there is no such object or it ends before the range begins. */
  async getRange(bucket: Bucket, key: string, range: { offset: number; sizeBytes: number }): Promise<Uint8Array | null> {
    const Range = `bytes=${range.offset}-${range.offset + range.sizeBytes - 1}`;
    return this.wholeObject(async () => {
      const response = await this.client.send(new GetObjectCommand({ Bucket: this.buckets[bucket], Key: key, Range }));
      return response.Body ? await response.Body.transformToByteArray() : new Uint8Array();
    });
  }

  private wholeObject<T>(call: () => Promise<T>): Promise<T | null> {
    return absentAsNull(() => this.lasting(call, TRANSFER_ATTEMPTS));
  }

  /**
   * Runs a storage call until it succeeds, as often as \`attempts\` says and then for as long as patience lasts. The client repeats
   * requests by itself, but neither one whose body is a stream nor one whose answer broke off in its body, and not for long.
   */
  private async lasting<T>(call: () => Promise<T>, attempts = 1): Promise<T> {
    const { ms, signal } = this.patience;
    const patientUntil = performance.now() + ms;
    for (let attempt = 1; ; attempt++) {
      try {
        return await storage(call);
      } catch (error) {
        if (!(error instanceof Failure) || (attempt >= attempts && performance.now() >= patientUntil)) throw error;
        await pause(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempt - 1)), signal);
      }
    }
  }

  private putCommand(
    object: { bucket: Bucket; key: string },
    content: { body: Uint8Array | Readable; sizeBytes: number },
    options: PutOptions,
  ): PutObjectCommand {
    return new PutObjectCommand({
      Bucket: this.buckets[object.bucket],
      Key: object.key,
      Body: content.body,
      ContentLength: content.sizeBytes,
      ContentType: options.contentType,
      CacheControl: options.cacheControl,
    });
  }
}

/** Runs a storage call and turns what the network or the store throws into `StorageUnavailable`. */
export async function storage<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof Error && (error.name === 'AbortError' || isClientError(error))) throw error;
    throw new Failure('StorageUnavailable', 'Object storage did not answer.', { cause: error });
  }
}

async function absentAsNull<T>(call: () => Promise<T>): Promise<T | null> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof NoSuchKey || error instanceof NotFound || statusOf(error) === RANGE_NOT_SATISFIABLE) return null;
    throw error;
  }
}

function statusOf(error: unknown): number {
  return (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode ?? 0;
}

/** A 4xx answer is the caller's to judge; throttling and time-outs are the store's trouble. */
function isClientError(error: Error): boolean {
  const status = statusOf(error);
  return status >= 400 && status < 500 && status !== 429 && status !== 408;
}

function headOf(response: { ETag?: string; ContentType?: string; LastModified?: Date }, sizeBytes = 0): ObjectHead {
  return {
    sizeBytes,
    etag: response.ETag ?? '',
    contentType: response.ContentType ?? 'application/octet-stream',
    lastModified: response.LastModified ?? new Date(0),
  };
}

/** Rejects with the signal's reason. */
async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => signal?.throwIfAborted());
}
