import { ListObjectsV2Command, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import { storage } from './storage-call';

/** A bucket and how to reach it. */
export interface BucketAccess {
  client: S3Client;
  bucket: string;
}

export interface ListingPage {
  /** Names, each without the slash of a folder. */
  names: string[];
  /** Where the next page begins; null when there is none. */
  cursor: string | null;
}

/** The folders at the root of a bucket, one for each video, at most `limit`. Throws `StorageUnavailable`. */
export async function listFolders({ client, bucket }: BucketAccess, page: { cursor: string | null; limit: number }): Promise<ListingPage> {
  const command = new ListObjectsV2Command({
    Bucket: bucket,
    Delimiter: '/',
    MaxKeys: page.limit,
    ContinuationToken: page.cursor ?? undefined,
  });
  const { CommonPrefixes = [], NextContinuationToken } = await storage(() => client.send(command));
  return { names: CommonPrefixes.map(({ Prefix = '' }) => Prefix.slice(0, -1)), cursor: NextContinuationToken ?? null };
}

/** The keys of a bucket, at most `limit`. Throws `StorageUnavailable`. */
export async function listKeys({ client, bucket }: BucketAccess, page: { cursor: string | null; limit: number }): Promise<ListingPage> {
  const command = new ListObjectsV2Command({ Bucket: bucket, MaxKeys: page.limit, ContinuationToken: page.cursor ?? undefined });
  const { Contents = [], NextContinuationToken } = await storage(() => client.send(command));
  return { names: Contents.map(({ Key = '' }) => Key), cursor: NextContinuationToken ?? null };
}

/**
 * When the newest object below a prefix was written, in milliseconds since the epoch; null when there is none. An object
 * without a date counts as new. Throws `StorageUnavailable`.
 */
export async function newestWriteBelow({ client, bucket }: BucketAccess, prefix: string): Promise<number | null> {
  return storage(async () => {
    let newest: number | null = null;
    for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix })) {
      for (const { LastModified } of Contents) newest = Math.max(newest ?? 0, LastModified?.getTime() ?? Date.now());
    }
    return newest;
  });
}
