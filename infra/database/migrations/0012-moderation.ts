import { sql, type Kysely, type Migration } from 'kysely';
import { addColumn } from './add-column';
import { addIndex } from './add-index';

/** Scores of a video in short, since when it is held, and what moderators decided. */
export const moderation: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await addColumn(db, 'videos', { name: 'moderation_summary', definition: 'JSON NULL' });
    await addColumn(db, 'videos', { name: 'is_flagged', definition: 'BOOLEAN NULL' });
    await addIndex(db, 'videos', { name: 'videos_is_flagged', columns: ['is_flagged', 'video_id'] });
    await addColumn(db, 'videos', { name: 'held_since', definition: 'DATETIME(3) NULL' });
    await sql`
      CREATE TABLE IF NOT EXISTS moderation_decisions (
        video_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        generation INT UNSIGNED NOT NULL,
        decision ENUM('approve','reject') NOT NULL,
        decided_by VARCHAR(64) NOT NULL,
        note VARCHAR(1000) NULL,
        decided_at DATETIME(3) NOT NULL,
        PRIMARY KEY (video_id, generation)
      ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`.execute(db);
  },
};
