import { sql, type Kysely, type Migration } from 'kysely';

export const housekeeping: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`
      CREATE TABLE IF NOT EXISTS housekeeping_reports (
        task VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
        started_at DATETIME(3) NOT NULL,
        finished_at DATETIME(3) NOT NULL,
        counts JSON NOT NULL,
        examples JSON NOT NULL
      ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`.execute(db);
  },
};
