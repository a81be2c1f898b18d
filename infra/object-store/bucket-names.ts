import type { Bucket } from '../../temporal/contract/object-keys';

/** Name of the bucket for each purpose. */
export type BucketNames = Record<Bucket, string>;

/** Buckets of objects that are made from originals and can be made again; the third bucket is never deleted from. */
export type MadeBucket = Exclude<Bucket, 'originals'>;
