import { sql, type Kysely, type Migration } from 'kysely';

/** Views by the minute, spread over stripes, and the sum of the minutes that are not kept. */
export const views: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`
      CREATE TABLE IF NOT EXISTS video_views (
        video_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        minute INT UNSIGNED NOT NULL,
        stripe TINYINT UNSIGNED NOT NULL,
        views INT UNSIGNED NOT NULL,
        PRIMARY KEY (video_id, minute, stripe)
      ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`.execute(db);
    await sql`
      CREATE TABLE IF NOT EXISTS video_view_totals (
        video_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
        views BIGINT UNSIGNED NOT NULL
      ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`.execute(db);
  },
};
