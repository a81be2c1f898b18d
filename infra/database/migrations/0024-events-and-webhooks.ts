import { sql, type Kysely, type Migration } from 'kysely';

/** Events of videos, written with the change that they tell of; who is told of them, and what came of it. */
export const eventsAndWebhooks: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await createEvents(db);
    await createWebhooks(db);
    await createDeliveries(db);
  },
};

async function createEvents(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE IF NOT EXISTS video_events (
      sequence BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      event_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      video_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      creator_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      type VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      cause VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NULL,
      body TEXT NOT NULL,
      occurred_at DATETIME(3) NOT NULL,
      fanned_out_at DATETIME(3) NULL,
      UNIQUE INDEX video_events_id (event_id),
      UNIQUE INDEX video_events_cause (video_id, cause),
      INDEX video_events_waiting (fanned_out_at, sequence)
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`.execute(db);
}

async function createWebhooks(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE IF NOT EXISTS webhooks (
      webhook_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
      creator_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
      video_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
      url VARCHAR(2000) NOT NULL,
      event_types VARCHAR(400) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      description VARCHAR(200) NOT NULL,
      wrapped_secret VARBINARY(128) NOT NULL,
      master_key_id CHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      wrapped_old_secret VARBINARY(128) NULL,
      old_master_key_id CHAR(12) CHARACTER SET ascii COLLATE ascii_bin NULL,
      old_secret_until DATETIME(3) NULL,
      created_at DATETIME(3) NOT NULL,
      updated_at DATETIME(3) NOT NULL,
      disabled_at DATETIME(3) NULL,
      disabled_reason VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NULL,
      failing_since DATETIME(3) NULL,
      last_delivered_at DATETIME(3) NULL,
      INDEX webhooks_creator (creator_id),
      INDEX webhooks_video (video_id)
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`.execute(db);
}

async function createDeliveries(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE IF NOT EXISTS webhook_deliveries (
      delivery_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
      webhook_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      event_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      event_type VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      event_sequence BIGINT UNSIGNED NULL,
      video_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
      body TEXT NOT NULL,
      status ENUM('waiting','delivered','failed','dropped') NOT NULL DEFAULT 'waiting',
      attempts INT UNSIGNED NOT NULL DEFAULT 0,
      next_attempt_at DATETIME(3) NOT NULL,
      leased_until DATETIME(3) NULL,
      created_at DATETIME(3) NOT NULL,
      ended_at DATETIME(3) NULL,
      UNIQUE INDEX webhook_deliveries_event (webhook_id, event_sequence),
      INDEX webhook_deliveries_due (status, webhook_id, next_attempt_at),
      INDEX webhook_deliveries_order (webhook_id, video_id, status, event_sequence),
      INDEX webhook_deliveries_ended (ended_at)
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`.execute(db);
  await sql`
    CREATE TABLE IF NOT EXISTS webhook_attempts (
      delivery_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      attempt INT UNSIGNED NOT NULL,
      sent_at DATETIME(3) NOT NULL,
      duration_ms INT UNSIGNED NOT NULL,
      request_headers TEXT NOT NULL,
      response_status SMALLINT UNSIGNED NULL,
      response_headers TEXT NULL,
      response_body TEXT NULL,
      problem VARCHAR(200) NULL,
      PRIMARY KEY (delivery_id, attempt)
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`.execute(db);
}
