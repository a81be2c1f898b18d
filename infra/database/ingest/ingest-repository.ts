import { sql, type Insertable, type Selectable } from 'kysely';
import type { UploadRef } from '../../object-store/multipart-uploads';
import type { WebhookRow } from '../../webhooks/webhooks-repository';
import { database, type Database } from '../database';
import { insertVideos } from '../metadata/insert-video';
import type { NewVideo } from '../video';
import { FAILED_ATTEMPT, type IngestBatchesTable, type VideoSourcesTable } from './ingest-tables';

export type VideoSource = Selectable<VideoSourcesTable>;

/** How far a pull has come. */
export interface PullProgress extends Pick<VideoSource, 'state' | 'bytesReceived' | 'bytesTotal'> {
  /** Why the last attempt failed, while the pull waits for the next one; else null. */
  problem: string | null;
}

export type NewSource = Pick<
  Insertable<VideoSourcesTable>,
  'videoId' | 'creatorId' | 'batchId' | 'address' | 'shown' | 'sha256' | 'requestSha256' | 'createdAt'
>;

export interface NewPulls {
  videos: readonly NewVideo[];
  /** Of the videos, in the same order. */
  sources: readonly NewSource[];
  /** Each hears of one of the videos alone. */
  webhooks?: readonly WebhookRow[];
  batch?: IngestBatchesTable | undefined;
}

/** What is asked for again belongs to these stored parts, as far as the validator says. */
export interface PullBase extends UploadRef {
  validator: string | null;
  partSize: number;
  bytesTotal: number | null;
}

/** Rows of one statement. */
const ROWS_PER_INSERT = 100;

/** Reads and writes `video_sources` and `ingest_batches`. All methods throw `DatabaseUnavailable`. */
export class IngestRepository {
  constructor(private readonly db: Database) {}

  /** Inserts videos in state `uploading` with their sources, all or none; rejects with a duplicate key error for an idempotency key that is taken. */
  async create({ videos, sources, webhooks = [], batch }: NewPulls): Promise<void> {
    const now = new Date();
    await database(() =>
      this.db.transaction().execute(async (db) => {
        if (batch) await db.insertInto('ingestBatches').values(batch).execute();
        if (webhooks.length > 0)
          await db
            .insertInto('webhooks')
            .values([...webhooks])
            .execute();
        for (let first = 0; first < videos.length; first += ROWS_PER_INSERT) {
          const next = first + ROWS_PER_INSERT;
          await insertVideos(db, videos.slice(first, next), now);
          await db.insertInto('videoSources').values(sources.slice(first, next)).execute();
        }
      }),
    );
  }

  async find(videoId: string): Promise<VideoSource | null> {
    const query = this.db.selectFrom('videoSources').selectAll().where('videoId', '=', videoId);
    return (await database(() => query.executeTakeFirst())) ?? null;
  }

  async progress(videoId: string): Promise<PullProgress | null> {
    const query = this.db
      .selectFrom('videoSources as source')
      .leftJoin('transcodingTasks as failed', (join) => join.onRef('failed.videoId', '=', 'source.videoId').on(FAILED_ATTEMPT))
      .select(['source.state', 'source.bytesReceived', 'source.bytesTotal', 'failed.errorMessage as problem'])
      .where('source.videoId', '=', videoId);
    return (await database(() => query.executeTakeFirst())) ?? null;
  }

  /** Notes which upload the parts go to. Resolves to false when the pull was given up meanwhile. */
  async setBase(videoId: string, { uploadId, validator, partSize, bytesTotal }: PullBase): Promise<boolean> {
    const values = { uploadId, validator, partSize, bytesTotal, bytesReceived: 0 };
    const update = this.db.updateTable('videoSources').set(values).where('videoId', '=', videoId);
    const result = await database(() => update.where((eb) => eb.exists(this.uploading(videoId))).executeTakeFirst());
    return result.numUpdatedRows > 0n;
  }

  /** Forgets the upload, so that the next attempt starts over. */
  async clearBase(videoId: string): Promise<void> {
    const values = { uploadId: null, validator: null, partSize: null, bytesTotal: null, bytesReceived: 0 };
    await database(() => this.db.updateTable('videoSources').set(values).where('videoId', '=', videoId).execute());
  }

  /** Of one upload it only grows: calls for parts that end at the same time may come in any order. */
  async setReceived(videoId: string, bytes: number): Promise<void> {
    const bytesReceived = sql<number>`greatest(bytes_received, ${bytes})`;
    await database(() => this.db.updateTable('videoSources').set({ bytesReceived }).where('videoId', '=', videoId).execute());
  }

  /** Sets the size of a video that is being pulled: quotas and views count it from then on. */
  async setSize(videoId: string, fileSizeBytes: number): Promise<void> {
    const update = this.db.updateTable('videos').set({ fileSizeBytes, updatedAt: new Date() });
    await database(() => update.where('videoId', '=', videoId).where('status', '=', 'uploading').execute());
  }

  /** Forgets the address with its secrets: the original is stored. */
  async setDone(videoId: string): Promise<void> {
    const values = { state: 'done', address: null, bytesReceived: sql<number>`coalesce(bytes_total, bytes_received)` } as const;
    await database(() => this.db.updateTable('videoSources').set(values).where('videoId', '=', videoId).execute());
  }

  /** Lets a failed pull wait for another turn; its stored parts stay. Resolves to whether this call did it. */
  async reopen(videoId: string): Promise<boolean> {
    const video = { status: 'uploading', errorMessage: null, failureType: null, completedAt: null, updatedAt: new Date() } as const;
    return database(() =>
      this.db.transaction().execute(async (db) => {
        const failed = db.updateTable('videos').set(video).where('videoId', '=', videoId).where('status', '=', 'failed');
        const { numUpdatedRows } = await failed.where((eb) => eb.exists(this.unfinished(videoId))).executeTakeFirst();
        if (numUpdatedRows === 0n) return false;
        const source = { state: 'waiting', startedAt: null, attempt: sql<number>`attempt + 1` } as const;
        await db.updateTable('videoSources').set(source).where('videoId', '=', videoId).execute();
        return true;
      }),
    );
  }

  private uploading(videoId: string) {
    return this.db.selectFrom('videos').select('videoId').where('videoId', '=', videoId).where('status', '=', 'uploading');
  }

  private unfinished(videoId: string) {
    return this.db.selectFrom('videoSources').select('videoId').where('videoId', '=', videoId).where('state', '!=', 'done');
  }
}
