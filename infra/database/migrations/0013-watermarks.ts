import { sql, type Kysely, type Migration } from 'kysely';

/** Pictures and texts that uploads may have drawn on their videos. */
export const watermarks: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`
      CREATE TABLE IF NOT EXISTS watermarks (
        watermark_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
        creator_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        raster_sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        width INT UNSIGNED NOT NULL,
        height INT UNSIGNED NOT NULL,
        size_bytes INT UNSIGNED NOT NULL,
        text VARCHAR(100) NULL,
        created_at DATETIME(3) NOT NULL,
        UNIQUE INDEX watermarks_creator_id_raster_sha256 (creator_id, raster_sha256)
      ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`.execute(db);
  },
};
