import { sql, type Kysely, type Migration } from 'kysely';

/** What the hardware encoders of each worker process can do. */
export const workerEncoders: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`
      CREATE TABLE IF NOT EXISTS worker_encoders (
        worker_id VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
        encoders JSON NOT NULL,
        checked_at DATETIME(3) NOT NULL,
        INDEX worker_encoders_checked_at (checked_at)
      ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`.execute(db);
  },
};
