import { sql, type Kysely, type Migration } from 'kysely';
import { addColumn } from './add-column';

/** When a video could be played first; for one that is published, no later than now. */
export const earlyPlayback: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await addColumn(db, 'videos', { name: 'playable_at', definition: 'DATETIME(3) NULL' });
    await sql`
      UPDATE videos SET playable_at = COALESCE(completed_at, updated_at)
      WHERE manifest_url IS NOT NULL AND playable_at IS NULL`.execute(db);
  },
};
