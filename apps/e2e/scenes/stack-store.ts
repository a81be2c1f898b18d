import { ObjectStore } from '../../../infra/object-store/object-store';
import { s3OfEnvironment } from '../../../infra/object-store/testing/s3-of-environment';

/** Buckets of the stack under test. */
export const BUCKETS = { originals: 'video-originals', segments: 'video-segments', transcoded: 'video-transcoded' };

/** The store of the stack under test. The caller owns it and calls `destroy()`. */
export function openStackStore(): ObjectStore {
  return new ObjectStore(s3OfEnvironment(), BUCKETS);
}
