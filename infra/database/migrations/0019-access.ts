import { sql, type Kysely, type Migration } from 'kysely';
import { addColumn } from './add-column';

/** API keys, and which videos play with tokens only. */
export const access: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`
      CREATE TABLE IF NOT EXISTS api_keys (
        key_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
        prefix CHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        secret_sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        name VARCHAR(100) NOT NULL,
        scopes VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        creator_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
        created_at DATETIME(3) NOT NULL,
        expires_at DATETIME(3) NULL,
        revoked_at DATETIME(3) NULL,
        last_used_at DATETIME(3) NULL,
        UNIQUE INDEX api_keys_prefix (prefix)
      ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`.execute(db);
    await addColumn(db, 'videos', { name: 'playback', definition: "ENUM('public','signed') NOT NULL DEFAULT 'public'" });
  },
};
