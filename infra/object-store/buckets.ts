import {
  CreateBucketCommand,
  HeadBucketCommand,
  PutBucketCorsCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketVersioningCommand,
  type LifecycleRule,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { BucketNames, MadeBucket } from './bucket-names';
import { statusOf, storage } from './storage-call';

const SEGMENTS_KEPT_DAYS = 7;
/** A multipart upload that is idle for longer is abandoned and aborted. */
const INCOMPLETE_UPLOADS_KEPT_DAYS = 7;

/** Answers of stores that lack a feature, or that do not let this account configure buckets. */
const TOLERATED = new Set(['NotImplemented', 'NotSupported', 'MethodNotAllowed', 'AccessDenied']);
/** Answers to a second process that does the same at the same time. */
const ALREADY_DONE = new Set(['BucketAlreadyOwnedByYou', 'BucketAlreadyExists', 'OperationAborted']);

const ABORT_INCOMPLETE: LifecycleRule = {
  ID: 'abort-incomplete-uploads',
  Status: 'Enabled',
  Filter: { Prefix: '' },
  AbortIncompleteMultipartUpload: { DaysAfterInitiation: INCOMPLETE_UPLOADS_KEPT_DAYS },
};
const EXPIRE_SEGMENTS: LifecycleRule = {
  ID: 'expire-segments',
  Status: 'Enabled',
  Filter: { Prefix: '' },
  Expiration: { Days: SEGMENTS_KEPT_DAYS },
};

/**
 * Makes the three buckets and their rules; can run again and in several processes at once. A store that lacks
 * a feature is used without it after `warn` was called. Throws `StorageUnavailable`.
 */
export async function ensureBuckets(client: S3Client, buckets: BucketNames, warn: (message: string) => void): Promise<void> {
  for (const bucket of Object.values(buckets)) await createBucket(client, bucket);
  const configure = (feature: string, call: () => Promise<unknown>) => tolerate(feature, call, warn);
  await configure('versioning of originals', () =>
    client.send(new PutBucketVersioningCommand({ Bucket: buckets.originals, VersioningConfiguration: { Status: 'Enabled' } })),
  );
  await configure('CORS on originals', () => client.send(corsCommand(buckets.originals)));
  await configure('expiry of segments', () => client.send(expiryCommand(buckets, 'segments')));
  await configure('expiry of unfinished uploads', () => client.send(lifecycleCommand(buckets.originals, [])));
}

async function createBucket(client: S3Client, bucket: string): Promise<void> {
  try {
    await storage(() => client.send(new HeadBucketCommand({ Bucket: bucket })));
    return;
  } catch (error) {
    if (statusOf(error) !== 404) throw error;
  }
  try {
    await storage(() => client.send(new CreateBucketCommand({ Bucket: bucket })));
  } catch (error) {
    if (!ALREADY_DONE.has(nameOf(error))) throw error;
  }
}

async function tolerate(feature: string, call: () => Promise<unknown>, warn: (message: string) => void): Promise<void> {
  try {
    await storage(call);
  } catch (error) {
    const name = nameOf(error);
    if (ALREADY_DONE.has(name)) return;
    if (!TOLERATED.has(name)) throw error;
    warn(`The object store answered ${name} to ${feature}; configure it on the store or do without.`);
  }
}

function corsCommand(bucket: string): PutBucketCorsCommand {
  const rule = {
    AllowedOrigins: ['*'],
    AllowedMethods: ['PUT', 'GET', 'HEAD'],
    AllowedHeaders: ['*'],
    // Browsers check the ETag of each uploaded part.
    ExposeHeaders: ['ETag'],
    MaxAgeSeconds: 3600,
  };
  return new PutBucketCorsCommand({ Bucket: bucket, CORSConfiguration: { CORSRules: [rule] } });
}

/** Expiry deletes, so it has no bucket of originals. */
function expiryCommand(buckets: BucketNames, purpose: MadeBucket): PutBucketLifecycleConfigurationCommand {
  return lifecycleCommand(buckets[purpose], [EXPIRE_SEGMENTS]);
}

function lifecycleCommand(bucket: string, expiry: LifecycleRule[]): PutBucketLifecycleConfigurationCommand {
  return new PutBucketLifecycleConfigurationCommand({
    Bucket: bucket,
    LifecycleConfiguration: { Rules: [...expiry, ABORT_INCOMPLETE] },
  });
}

/** `storage()` wraps 5xx answers, among them 501 NotImplemented. */
function nameOf(error: unknown): string {
  const inner = (error as { cause?: unknown }).cause ?? error;
  return inner instanceof Error ? inner.name : '';
}
