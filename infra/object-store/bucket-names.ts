import type { Bucket } from '../../temporal/contract/object-keys';

/** Name of the bucket for each purpose. */
export type BucketNames = Record<Bucket, string>;

/** Buckets of what is made from originals and can be made again: nothing is deleted from the other one. */
export type MadeBucket = Exclude<Bucket, 'originals'>;
