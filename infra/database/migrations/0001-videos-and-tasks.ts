import { sql, type Kysely, type Migration } from 'kysely';

/** No foreign key joins the tables: it would make every task row take a lock on its busy video row. */
export const videosAndTasks: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await createVideos(db);
    await createTranscodingTasks(db);
  },
};

async function createVideos(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE IF NOT EXISTS videos (
      video_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
      creator_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      title VARCHAR(300) NOT NULL,
      filename VARCHAR(255) NOT NULL,
      content_type VARCHAR(127) NOT NULL,
      original_s3_key VARCHAR(255) NOT NULL,
      original_format VARCHAR(64) NULL,
      duration_sec DOUBLE NULL,
      original_width INT UNSIGNED NULL,
      original_height INT UNSIGNED NULL,
      original_codec VARCHAR(64) NULL,
      original_bitrate_kbps INT UNSIGNED NULL,
      file_size_bytes BIGINT UNSIGNED NOT NULL,
      status ENUM('uploading','uploaded','probing','transcoding','packaging','moderating','ready','failed','cancelled','removed')
        NOT NULL DEFAULT 'uploading',
      preset VARCHAR(64) NOT NULL,
      priority ENUM('low','normal','high','urgent') NOT NULL DEFAULT 'normal',
      manifest_url VARCHAR(512) NULL,
      thumbnail_url VARCHAR(512) NULL,
      error_message VARCHAR(1000) NULL,
      failed_step VARCHAR(32) NULL,
      failure_type VARCHAR(64) NULL,
      warnings JSON NOT NULL,
      skipped_steps JSON NOT NULL,
      source_facts JSON NULL,
      plan_sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
      generation INT UNSIGNED NOT NULL DEFAULT 1,
      upload_id VARCHAR(1024) NULL,
      upload_part_size BIGINT UNSIGNED NULL,
      idempotency_key VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
      created_at DATETIME(3) NOT NULL,
      updated_at DATETIME(3) NOT NULL,
      workflow_started_at DATETIME(3) NULL,
      started_at DATETIME(3) NULL,
      completed_at DATETIME(3) NULL,
      INDEX videos_status (status),
      INDEX videos_creator_created (creator_id, created_at DESC),
      INDEX videos_creator_id (creator_id, video_id),
      UNIQUE INDEX videos_idempotency (creator_id, idempotency_key)
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`.execute(db);
}

async function createTranscodingTasks(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE IF NOT EXISTS transcoding_tasks (
      task_id VARCHAR(190) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
      video_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      generation INT UNSIGNED NOT NULL,
      task_type ENUM('probe','split','transcode','package','thumbnail','audio','moderation','drm','subtitle','publish') NOT NULL,
      resolution VARCHAR(32) NULL,
      codec VARCHAR(32) NULL,
      segment_index INT UNSIGNED NULL,
      status ENUM('pending','running','completed','failed','retrying') NOT NULL,
      progress_percent TINYINT UNSIGNED NOT NULL DEFAULT 0,
      worker_id VARCHAR(190) NULL,
      s3_input_key VARCHAR(512) NULL,
      s3_output_key VARCHAR(512) NULL,
      created_at DATETIME(3) NOT NULL,
      started_at DATETIME(3) NULL,
      completed_at DATETIME(3) NULL,
      duration_ms BIGINT UNSIGNED NULL,
      error_message VARCHAR(1000) NULL,
      retry_count INT UNSIGNED NOT NULL DEFAULT 0,
      cpu_ms BIGINT UNSIGNED NULL,
      bytes_in BIGINT UNSIGNED NULL,
      bytes_out BIGINT UNSIGNED NULL,
      INDEX transcoding_tasks_video_type (video_id, task_type),
      INDEX transcoding_tasks_status (status),
      INDEX transcoding_tasks_worker (worker_id)
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`.execute(db);
}
