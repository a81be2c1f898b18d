import { sql, type Generated, type SqlBool } from 'kysely';

/** `waiting`: for its turn; `pulling`: since its workflow may run; `done`: the original is stored. */
type PullState = 'waiting' | 'pulling' | 'done';

/** `video_sources`: where a video is pulled from, one row for each video that was not uploaded. */
export interface VideoSourcesTable {
  videoId: string;
  creatorId: string;
  batchId: string | null;
  state: Generated<PullState>;
  /** The URL with its secrets, or `s3://bucket/key`; null once the original is stored. It never leaves the database but to be asked. */
  address: string | null;
  /** The address as callers see it: without query. */
  shown: string;
  /** That the original must have; null where the caller named none. */
  sha256: string | null;
  /** Of the request, so that a repeated one is told from another. */
  requestSha256: string;
  /** Strong ETag or Last-Modified of what the stored parts are of (RFC 9110 8.8). */
  validator: string | null;
  uploadId: string | null;
  partSize: number | null;
  bytesTotal: number | null;
  bytesReceived: Generated<number>;
  /** Workflows of this pull, the last one included. */
  attempt: Generated<number>;
  createdAt: Date;
  /** When the last workflow was started. */
  startedAt: Date | null;
}

/** `ingest_batches`: orders of many pulls. */
export interface IngestBatchesTable {
  batchId: string;
  creatorId: string;
  idempotencyKey: string | null;
  requestSha256: string;
  createdAt: Date;
}

/** Of a row of `transcoding_tasks` under the name `failed`: an attempt of a pull that has failed, and the next one has not begun. */
export const FAILED_ATTEMPT = sql<SqlBool>`failed.task_type = 'ingest' and failed.status = 'retrying' and failed.completed_at is not null`;
