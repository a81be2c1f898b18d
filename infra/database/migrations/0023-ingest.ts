import { sql, type Kysely, type Migration } from 'kysely';

/** Where videos are pulled from, and orders of many of them. The task type `ingest` joins those that there are. */
export const ingest: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`
      CREATE TABLE IF NOT EXISTS video_sources (
        video_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
        creator_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        batch_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
        state ENUM('waiting','pulling','done') NOT NULL DEFAULT 'waiting',
        address VARCHAR(4200) NULL,
        shown VARCHAR(2048) NOT NULL,
        sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
        request_sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        validator VARCHAR(300) NULL,
        upload_id VARCHAR(1024) NULL,
        part_size BIGINT UNSIGNED NULL,
        bytes_total BIGINT UNSIGNED NULL,
        bytes_received BIGINT UNSIGNED NOT NULL DEFAULT 0,
        attempt INT UNSIGNED NOT NULL DEFAULT 1,
        created_at DATETIME(3) NOT NULL,
        started_at DATETIME(3) NULL,
        INDEX video_sources_state (state, video_id),
        INDEX video_sources_batch (batch_id, video_id)
      ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`.execute(db);
    await sql`
      CREATE TABLE IF NOT EXISTS ingest_batches (
        batch_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
        creator_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        idempotency_key VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NULL,
        request_sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        created_at DATETIME(3) NOT NULL,
        UNIQUE INDEX ingest_batches_idempotency (creator_id, idempotency_key)
      ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`.execute(db);
    await sql`
      ALTER TABLE transcoding_tasks MODIFY task_type
        ENUM('probe','split','transcode','package','thumbnail','audio','moderation','drm','subtitle','publish','verify','ts','speech','ingest') NOT NULL`.execute(
      db,
    );
  },
};
