import { HeadObjectCommand, ListObjectsV2Command, UploadPartCopyCommand, type S3Client } from '@aws-sdk/client-s3';
import type { UploadedPart, UploadRef } from './multipart-uploads';
import { statusOf, storage } from './storage-call';

/** An object of any bucket that the store's credentials reach. */
interface StoredObject {
  bucket: string;
  key: string;
}

/** The content that is copied; the store refuses any other. */
export interface CopySource extends StoredObject {
  etag: string;
}

/** Copies by the store itself; sources are read and never changed. Methods throw `StorageUnavailable`. */
export class OriginalCopies {
  constructor(
    private readonly client: S3Client,
    private readonly originals: string,
  ) {}

  /** Null when there is no such object. */
  async head({ bucket, key }: StoredObject): Promise<{ sizeBytes: number; etag: string } | null> {
    return unless(404, async () => {
      const { ContentLength = 0, ETag = '' } = await this.client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
      return { sizeBytes: ContentLength, etag: ETag };
    });
  }

  /** Keys below a prefix in order, at most `limit`, which is 1000 or less. */
  async keysBelow(bucket: string, prefix: string, limit: number): Promise<string[]> {
    const command = new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, MaxKeys: limit });
    const { Contents = [] } = await storage(() => this.client.send(command));
    return Contents.map(({ Key = '' }) => Key);
  }

  /** Copies the bytes from `start` to before `end`, at most 5 GB, into a part. Resolves to null when the object has another ETag by now. */
  async part(
    from: CopySource,
    upload: UploadRef,
    { partNumber, start, end }: { partNumber: number; start: number; end: number },
  ): Promise<UploadedPart | null> {
    const command = new UploadPartCopyCommand({
      ...{ Bucket: this.originals, Key: upload.key, UploadId: upload.uploadId, PartNumber: partNumber },
      ...{ CopySource: copySource(from), CopySourceIfMatch: from.etag, CopySourceRange: `bytes=${start}-${end - 1}` },
    });
    const copied = await unless(412, () => this.client.send(command));
    return copied && { partNumber, sizeBytes: end - start, etag: copied.CopyPartResult?.ETag ?? '', storedAt: new Date() };
  }
}

/** Encoded as the header x-amz-copy-source wants it (S3 API, UploadPartCopy). */
function copySource({ bucket, key }: StoredObject): string {
  return `${bucket}/${key.split('/').map(encodeURIComponent).join('/')}`;
}

/** Null for this answer. */
async function unless<T>(status: number, call: () => Promise<T>): Promise<T | null> {
  try {
    return await storage(call);
  } catch (error) {
    if (statusOf(error) === status) return null;
    throw error;
  }
}
