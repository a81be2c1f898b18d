import { DeleteObjectsCommand, ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import { Failure } from '../../temporal/contract/failures';
import { generationFolder } from '../../temporal/contract/object-keys';
import { storage } from './object-store';

/** Most keys of one DeleteObjects call. */
const BATCH = 1000;

/**
 * Deletes whole generations from the bucket of finished streams, and nothing else: it is given that one bucket and makes
 * every prefix itself. Methods throw `StorageUnavailable`.
 */
export class GenerationRemover {
  constructor(
    private readonly client: S3Client,
    private readonly transcodedBucket: string,
  ) {}

  /** Numbers of the generations that have objects, ascending. */
  async stored(videoId: string): Promise<number[]> {
    const found = new Set<number>();
    let token: string | undefined;
    do {
      const page = await storage(() => this.client.send(this.listing(`${videoId}/`, token, '/')));
      for (const { Prefix = '' } of page.CommonPrefixes ?? []) {
        const match = /\/g(\d+)\/$/.exec(Prefix);
        if (match) found.add(Number(match[1]));
      }
      token = page.NextContinuationToken;
    } while (token);
    return [...found].sort((a, b) => a - b);
  }

  /** Resolves to the number of objects deleted, and calls `onBatch` on the way. A generation that is gone already is fine. */
  async remove(videoId: string, generation: number, onBatch: () => void): Promise<number> {
    const prefix = `${generationFolder(videoId, generation)}/`;
    for (let removed = 0; ; ) {
      // The first page again each time: what was listed is deleted before the next.
      const { Contents = [] } = await storage(() => this.client.send(this.listing(prefix, undefined)));
      if (Contents.length === 0) return removed;
      const Objects = Contents.slice(0, BATCH).map(({ Key }) => ({ Key }));
      const { Errors = [] } = await storage(() => this.client.send(new DeleteObjectsCommand({ Bucket: this.transcodedBucket, Delete: { Objects, Quiet: true } })));
      if (Errors.length > 0) throw new Failure('StorageUnavailable', `Object storage did not delete ${Errors.length} objects.`);
      removed += Objects.length;
      onBatch();
    }
  }

  private listing(prefix: string, token: string | undefined, delimiter?: string): ListObjectsV2Command {
    return new ListObjectsV2Command({ Bucket: this.transcodedBucket, Prefix: prefix, ContinuationToken: token, Delimiter: delimiter });
  }
}
