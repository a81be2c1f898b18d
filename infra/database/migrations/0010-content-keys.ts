import { sql, type Kysely, type Migration } from 'kysely';

/**
 * Content keys of protected videos. The primary key gives workers that ask at the same moment the same keys. A key of a key server has an
 * id here and nothing more; one of this installation is wrapped with a master key.
 */
export const contentKeys: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`
      CREATE TABLE IF NOT EXISTS content_keys (
        video_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        provider VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        scheme VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        label VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        kid CHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        iv CHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        wrapped_key VARBINARY(64) NULL,
        master_key_id CHAR(12) CHARACTER SET ascii COLLATE ascii_bin NULL,
        created_at DATETIME(3) NOT NULL,
        PRIMARY KEY (video_id, provider, scheme, label),
        UNIQUE INDEX content_keys_kid (kid),
        INDEX content_keys_master_key (master_key_id)
      ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`.execute(db);
  },
};
