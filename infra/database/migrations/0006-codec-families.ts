import { sql, type Kysely, type Migration } from 'kysely';
import { addColumn } from './add-column';

/** The codec families that were asked for, and where those are that join a published title. */
export const codecFamilies: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await addColumn(db, 'videos', { name: 'codecs', definition: 'JSON NULL' });
    await sql`
      CREATE TABLE IF NOT EXISTS video_families (
        video_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        family VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        generation INT UNSIGNED NOT NULL,
        revision INT UNSIGNED NOT NULL DEFAULT 1,
        state ENUM('pending','running','joining','ready','failed','cancelled','leaving','removed') NOT NULL,
        failure_type VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
        error_message VARCHAR(1000) NULL,
        published_at DATETIME(3) NULL,
        updated_at DATETIME(3) NOT NULL,
        PRIMARY KEY (video_id, family)
      ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`.execute(db);
  },
};
