import { sql, type Kysely, type Migration } from 'kysely';
import { addColumn } from './add-column';
import { addIndex } from './add-index';

/** Pairs that users keep with their videos, and indexes for every filter of the list, each in the order of ids. */
export const videoMetadata: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await addColumn(db, 'videos', { name: 'metadata', definition: 'JSON NULL' });
    // MariaDB has no index on the members of a JSON column, so they stand in rows of their own, too. Bytes compare alike on both servers.
    await sql`
      CREATE TABLE IF NOT EXISTS video_metadata (
        video_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        name VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        value VARBINARY(2048) NOT NULL,
        PRIMARY KEY (video_id, name),
        INDEX video_metadata_pair (name, value, video_id)
      ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`.execute(db);
    // InnoDB appends the primary key to each, so rows of one value come in the order of ids.
    await addIndex(db, 'videos', { name: 'videos_preset', columns: ['preset'] });
    await addIndex(db, 'videos', { name: 'videos_creator_status', columns: ['creator_id', 'status'] });
  },
};
