import { DeleteObjectsCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { FamilyRef, RunRef, SubtitleRef } from '../../temporal/contract/activities';
import { Failure } from '../../temporal/contract/failures';
import { DRM_SCHEMES } from '../../temporal/contract/media/protection';
import { EARLY_NAMES, generationFolder, MANIFEST_NAMES, textKeys, TS_MANIFEST_NAME } from '../../temporal/contract/object-keys';
import type { MadeBucket } from './bucket-names';
import { storage } from './storage-call';

/** Most keys of one DeleteObjects call. */
const BATCH = 1000;
/** Beside the folders of videos, which are named by their ids. */
const CHECKS_FOLDER = 'worker-checks';

/**
 * Deletes objects made from videos in one bucket, and makes every prefix itself. The bucket of originals is not of its type.
 * Methods throw `StorageUnavailable`.
 */
export class GenerationRemover {
  constructor(
    private readonly client: S3Client,
    private readonly buckets: Readonly<Record<MadeBucket, string>>,
    private readonly purpose: MadeBucket,
  ) {}

  /**
   * Proves that this process may write, read and delete in the bucket, with a small object of its own that is no video's. Throws
   * `StorageUnavailable` when the store does not answer, refuses it, or gives something else back.
   */
  async proveAccess(name: string): Promise<void> {
    const object = { Bucket: this.buckets[this.purpose], Key: `${CHECKS_FOLDER}/${name}` };
    const written = `${name} ${performance.now()}`;
    await storage(() => this.client.send(new PutObjectCommand({ ...object, Body: written, ContentType: 'text/plain' })));
    const read = await storage(async () => (await this.client.send(new GetObjectCommand(object))).Body?.transformToString());
    if (read !== written) throw new Failure('StorageUnavailable', 'Object storage gives back something else than it was given.');
    await this.deleteKeys([object.Key]);
  }

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
    return this.removeBelow(`${generationFolder(videoId, generation)}/`, onBatch);
  }

  /** What a generation has of one codec family. */
  async removeFamily({ videoId, generation, family }: FamilyRef, onBatch: () => void): Promise<void> {
    const encrypted = DRM_SCHEMES.map((scheme) => `drm/${scheme}/${family}`);
    for (const folder of [family, `chunks/${family}`, `families/${family}`, ...encrypted]) {
      await this.removeBelow(`${generationFolder(videoId, generation)}/${folder}/`, onBatch);
    }
  }

  /** Cues of a text track, and what was made of them in every generation. */
  async removeText({ videoId, subtitleId }: SubtitleRef, onBatch: () => void): Promise<void> {
    for (const generation of await this.stored(videoId))
      await this.removeBelow(`${videoId}/${textKeys.folder(generation, subtitleId)}/`, onBatch);
    await this.deleteKeys([textKeys.cues(videoId, subtitleId)]);
  }

  /** Cues of all text tracks of a video. */
  async removeCues(videoId: string, onBatch: () => void): Promise<void> {
    await this.removeBelow(textKeys.allCues(videoId), onBatch);
  }

  /** Objects of a generation whose names below their video are `gone`. Resolves to the number of objects deleted. */
  async removeWhere({ videoId, generation }: RunRef, gone: (name: string) => boolean, onBatch: () => void): Promise<number> {
    const prefix = `${generationFolder(videoId, generation)}/`;
    let removed = 0;
    let token: string | undefined;
    do {
      const page = await storage(() => this.client.send(this.listing(prefix, token)));
      const keys = (page.Contents ?? []).map(({ Key = '' }) => Key).filter((key) => gone(key.slice(videoId.length + 1)));
      if (keys.length > 0) await this.deleteKeys(keys);
      removed += keys.length;
      token = page.NextContinuationToken;
      onBatch();
    } while (token);
    return removed;
  }

  private async removeBelow(prefix: string, onBatch: () => void): Promise<number> {
    for (let removed = 0; ;) {
      // The first page again each time: the listed keys are deleted before the next.
      const { Contents = [] } = await storage(() => this.client.send(this.listing(prefix, undefined)));
      if (Contents.length === 0) return removed;
      const keys = Contents.slice(0, BATCH).map(({ Key = '' }) => Key);
      await this.deleteKeys(keys);
      removed += keys.length;
      onBatch();
    }
  }

  /** Every generation of a video. Resolves to the number of objects deleted. */
  async removeGenerations(videoId: string, onBatch: () => void): Promise<number> {
    let removed = 0;
    for (const generation of await this.stored(videoId)) removed += await this.remove(videoId, generation, onBatch);
    return removed;
  }

  /** The stable names of a video, before the objects they refer to: no player starts on a generation that is being deleted. */
  async removeManifests(videoId: string): Promise<void> {
    const names = [...Object.values(MANIFEST_NAMES), ...Object.values(EARLY_NAMES), TS_MANIFEST_NAME];
    await this.deleteKeys(names.map((name) => `${videoId}/${name}`));
  }

  /** The manifests of a title that was encoded: it is published, or never will be. */
  async removeEarlyManifests(videoId: string): Promise<void> {
    await this.deleteKeys(Object.values(EARLY_NAMES).map((name) => `${videoId}/${name}`));
  }

  /** The stable name of the MPEG-TS segments, which a protected title does not have. */
  async removeTsManifest(videoId: string): Promise<void> {
    await this.deleteKeys([`${videoId}/${TS_MANIFEST_NAME}`]);
  }

  private async deleteKeys(keys: readonly string[]): Promise<void> {
    const Delete = { Objects: keys.map((Key) => ({ Key })), Quiet: true };
    const { Errors = [] } = await storage(() => this.client.send(new DeleteObjectsCommand({ Bucket: this.buckets[this.purpose], Delete })));
    if (Errors.length > 0) throw new Failure('StorageUnavailable', `Object storage did not delete ${Errors.length} objects.`);
  }

  private listing(prefix: string, token: string | undefined, delimiter?: string): ListObjectsV2Command {
    return new ListObjectsV2Command({ Bucket: this.buckets[this.purpose], Prefix: prefix, ContinuationToken: token, Delimiter: delimiter });
  }
}
