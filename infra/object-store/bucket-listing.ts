import { ListObjectsV2Command, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import { storage } from './storage-call';

export interface ListingPage {
  /** Names, each without the slash of a folder. */
  names: string[];
  /** Where the next page begins; null when there is none. */
  cursor: string | null;
}

export interface PageRequest {
  cursor: string | null;
  limit: number;
}

/** The objects of one bucket, page by page. Methods throw `StorageUnavailable`. */
export class BucketListing {
  constructor(
    private readonly client: S3Client,
    private readonly bucket: string,
  ) {}

  /** The folders at the root of the bucket, one for each video, at most `limit`. */
  async folders(page: PageRequest): Promise<ListingPage> {
    const command = new ListObjectsV2Command({
      Bucket: this.bucket,
      Delimiter: '/',
      MaxKeys: page.limit,
      ContinuationToken: page.cursor ?? undefined,
    });
    const { CommonPrefixes = [], NextContinuationToken } = await storage(() => this.client.send(command));
    return { names: CommonPrefixes.map(({ Prefix = '' }) => Prefix.slice(0, -1)), cursor: NextContinuationToken ?? null };
  }

  /** The keys of the bucket, at most `limit`. */
  async keys(page: PageRequest): Promise<ListingPage> {
    const command = new ListObjectsV2Command({ Bucket: this.bucket, MaxKeys: page.limit, ContinuationToken: page.cursor ?? undefined });
    const { Contents = [], NextContinuationToken } = await storage(() => this.client.send(command));
    return { names: Contents.map(({ Key = '' }) => Key), cursor: NextContinuationToken ?? null };
  }

  /** The first objects below a prefix behind the key `startAfter`, by the rest of their keys; at most `limit`, which is 1000 or less. */
  async objects(from: { prefix: string; startAfter: string; limit: number }): Promise<{ name: string; sizeBytes: number; etag: string }[]> {
    const command = new ListObjectsV2Command({
      Bucket: this.bucket,
      Prefix: from.prefix,
      StartAfter: from.startAfter,
      MaxKeys: from.limit,
    });
    const { Contents = [] } = await storage(() => this.client.send(command));
    return Contents.map(({ Key = '', Size = 0, ETag = '' }) => ({ name: Key.slice(from.prefix.length), sizeBytes: Size, etag: ETag }));
  }

  /**
   * When the newest object below a prefix was written, in milliseconds since the epoch; null when there is none. An object
   * without a date counts as new.
   */
  async newestWriteBelow(prefix: string): Promise<number | null> {
    return storage(async () => {
      let newest: number | null = null;
      for await (const { Contents = [] } of paginateListObjectsV2({ client: this.client }, { Bucket: this.bucket, Prefix: prefix })) {
        for (const { LastModified } of Contents) newest = Math.max(newest ?? 0, LastModified?.getTime() ?? Date.now());
      }
      return newest;
    });
  }
}
