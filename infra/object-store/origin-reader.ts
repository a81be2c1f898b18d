import { GetObjectCommand, type GetObjectCommandOutput, type S3Client } from '@aws-sdk/client-s3';
import type { Readable } from 'node:stream';
import { storage } from './storage-call';

export interface ConditionalRead {
  /** One byte range as in RFC 9110 14.2, such as `bytes=0-99`. */
  range?: string | undefined;
  /** ETags as in RFC 9110 13.1.2. */
  ifNoneMatch?: string | undefined;
  signal?: AbortSignal;
}

export type ReadResult =
  | { kind: 'absent' }
  | { kind: 'not-modified' }
  | { kind: 'unsatisfiable' }
  | {
      kind: 'body';
      /** The caller consumes or destroys it. */
      body: Readable;
      /** Bytes of `body`. */
      sizeBytes: number;
      etag: string;
      lastModified: Date | null;
      /** `bytes a-b/size` when a range was asked for and given. */
      contentRange: string | null;
    };

/** Reads an object the way an HTTP origin needs it. Throws `StorageUnavailable`. */
export async function readConditionally(
  client: S3Client,
  object: { bucket: string; key: string },
  read: ConditionalRead,
): Promise<ReadResult> {
  const command = new GetObjectCommand({
    Bucket: object.bucket,
    Key: object.key,
    Range: read.range,
    IfNoneMatch: read.ifNoneMatch,
  });
  try {
    const options = read.signal ? { abortSignal: read.signal } : {};
    return bodyOf(await storage(() => client.send(command, options)));
  } catch (error) {
    const kind = kindOfRefusal(error);
    if (kind === null) throw error;
    return { kind };
  }
}

function bodyOf(response: GetObjectCommandOutput): ReadResult {
  return {
    kind: 'body',
    body: response.Body as Readable,
    sizeBytes: response.ContentLength ?? 0,
    etag: response.ETag ?? '',
    lastModified: response.LastModified ?? null,
    contentRange: response.ContentRange ?? null,
  };
}

function kindOfRefusal(error: unknown): 'absent' | 'not-modified' | 'unsatisfiable' | null {
  const refusal = (error as { cause?: unknown }).cause ?? error;
  const status = (refusal as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
  if (status === 404) return 'absent';
  if (status === 304) return 'not-modified';
  if (status === 416) return 'unsatisfiable';
  return null;
}
