import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import {
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  NoSuchKey,
  NotFound,
  paginateListObjectsV2,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { Bucket } from '../../temporal/contract/object-keys';
import type { BucketNames, MadeBucket } from './bucket-names';
import { BucketListing } from './bucket-listing';
import { ensureBuckets } from './buckets';
import { GenerationRemover } from './generation-remover';
import { MultipartUploads } from './multipart-uploads';
import { OriginalCopies } from './original-copies';
import { sendFile } from './send-file';
import { lasting, statusOf, storage, TASK_PATIENCE_MS, TRANSFER_ATTEMPTS, type Patience } from './storage-call';

/** Responses to a conditional PUT that lost: the ETag differs, a concurrent write won, or the object is gone. */
const CONDITION_FAILED = new Set([412, 409, 404]);
const RANGE_NOT_SATISFIABLE = 416;

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

export interface StreamOptions {
  /** A byte range such as `bytes=0-99` (RFC 9110 14.2). */
  range?: string | undefined;
  /** The entity tag that the object must have (RFC 9110 13.1.1). */
  ifMatch?: string | undefined;
  signal?: AbortSignal | undefined;
}

export interface PutOptions {
  contentType: string;
  cacheControl?: string;
}

/**
 * Reads and writes objects by bucket purpose, and makes the objects that list, upload or delete. The client is private, so that
 * only {@link ObjectStore.remover} deletes, and that accepts no bucket of originals. Methods throw `SourceNotFound` for a missing original, `StorageUnavailable` when the store does not answer.
 */
export class ObjectStore {
  constructor(
    private readonly client: S3Client,
    readonly buckets: BucketNames,
    private readonly patience: Patience = { ms: 0 },
  ) {}

  /**
   * The same store for callers with work to lose: a call that finds it away is repeated for two minutes, and rejects with the
   * signal's reason when aborted in a pause. Only `stream` stays impatient.
   */
  patient(signal?: AbortSignal): ObjectStore {
    return new ObjectStore(this.client, this.buckets, { ms: TASK_PATIENCE_MS, signal });
  }

  /** Makes the buckets and their rules; see {@link ensureBuckets}. */
  prepare(warn: (message: string) => void): Promise<void> {
    return ensureBuckets(this.client, this.buckets, warn);
  }

  /** Rejects when the store does not answer or has no bucket of originals. */
  async check(): Promise<void> {
    await storage(() => this.client.send(new HeadBucketCommand({ Bucket: this.buckets.originals })));
  }

  /** Closes the connections of this store and of all objects it made. */
  destroy(): void {
    this.client.destroy();
  }

  remover(bucket: MadeBucket): GenerationRemover {
    return new GenerationRemover(this.client, this.buckets, bucket);
  }

  listing(bucket: Bucket): BucketListing {
    return new BucketListing(this.client, this.buckets[bucket]);
  }

  /** Uploads of originals; `presignClient` signs their URLs under the name by which clients reach the store. */
  uploads(presignClient = this.client): MultipartUploads {
    return new MultipartUploads(this.client, presignClient, this.buckets.originals);
  }

  /** Copies into the bucket of originals. */
  copies(): OriginalCopies {
    return new OriginalCopies(this.client, this.buckets.originals);
  }

  /** Stores a small body in one PUT. Resolves to its size in bytes. */
  async put(bucket: Bucket, key: string, body: string | Uint8Array, options: PutOptions): Promise<number> {
    const bytes = typeof body === 'string' ? Buffer.from(body, 'utf8') : body;
    await this.call(() => this.client.send(this.putCommand({ bucket, key }, { body: bytes, sizeBytes: bytes.byteLength }, options)));
    return bytes.byteLength;
  }

  /** Stores a small body unless the key exists. Resolves to whether it was stored. */
  async putIfAbsent(bucket: Bucket, key: string, body: string, options: PutOptions): Promise<boolean> {
    return this.putIfUnchanged(bucket, key, Buffer.from(body, 'utf8'), { ...options, etag: null });
  }

  /**
   * Stores a small body if the object still has this ETag, or does not exist where it is null (RFC 9110 13.1.1, 13.1.2).
   * Resolves to whether it was stored; an answer that was lost on the way can make that false although it was.
   */
  async putIfUnchanged(bucket: Bucket, key: string, body: Uint8Array, options: PutOptions & { etag: string | null }): Promise<boolean> {
    const command = this.putCommand({ bucket, key }, { body, sizeBytes: body.byteLength }, options);
    Object.assign(command.input, options.etag === null ? { IfNoneMatch: '*' } : { IfMatch: options.etag });
    try {
      await this.call(() => this.client.send(command));
      return true;
    } catch (error) {
      if (CONDITION_FAILED.has(statusOf(error))) return false;
      throw error;
    }
  }

  /** Stores a file of any size. Resolves to its size in bytes. */
  async putFile(bucket: Bucket, key: string, path: string, options: PutOptions): Promise<number> {
    const { size } = await stat(path);
    const file = { path, sizeBytes: size, put: this.putCommand({ bucket, key }, { sizeBytes: size }, options) };
    await this.call(() => sendFile(this.client, file, this.patience.signal), TRANSFER_ATTEMPTS);
    return size;
  }

  /** The whole object as bytes, or null when there is none. */
  async get(bucket: Bucket, key: string): Promise<Uint8Array | null> {
    const object = await this.getWithEtag(bucket, key);
    return object && object.bytes;
  }

  /** The whole object with its ETag, or null when there is none. */
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
      this.call(async () => {
        const response = await this.client.send(new HeadObjectCommand({ Bucket: this.buckets[bucket], Key: key }));
        return headOf(response, response.ContentLength);
      }),
    );
  }

  /**
   * A stream over an object or a part of it, or null when there is none. The caller consumes or destroys the body. Throws the
   * store's refusal (412) when the object has another entity tag than `ifMatch`.
   */
  async stream(bucket: Bucket, key: string, { range, ifMatch, signal }: StreamOptions = {}): Promise<ObjectBody | null> {
    return absentAsNull(() =>
      storage(async () => {
        const response = await this.client.send(
          new GetObjectCommand({ Bucket: this.buckets[bucket], Key: key, Range: range, IfMatch: ifMatch }),
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
    return this.call(async () => {
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
    return absentAsNull(() => this.call(call, TRANSFER_ATTEMPTS));
  }

  private call<T>(send: () => Promise<T>, attempts?: number): Promise<T> {
    return lasting(send, this.patience, attempts);
  }

  private putCommand(
    object: { bucket: Bucket; key: string },
    content: { body?: Uint8Array; sizeBytes: number },
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

async function absentAsNull<T>(call: () => Promise<T>): Promise<T | null> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof NoSuchKey || error instanceof NotFound || statusOf(error) === RANGE_NOT_SATISFIABLE) return null;
    throw error;
  }
}

function headOf(response: { ETag?: string; ContentType?: string; LastModified?: Date }, sizeBytes = 0): ObjectHead {
  return {
    sizeBytes,
    etag: response.ETag ?? '',
    contentType: response.ContentType ?? 'application/octet-stream',
    lastModified: response.LastModified ?? new Date(0),
  };
}
