import { sql, type Kysely, type Migration } from 'kysely';
import { addColumn } from './add-column';

/** The steps of a video's current run, and rows for the step `verify`. */
export const recordedWalks: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await addColumn(db, 'videos', { name: 'walk', definition: 'JSON NULL' });
    // A value behind the last one changes no row, and a repeated change nothing at all.
    await sql`
      ALTER TABLE transcoding_tasks MODIFY task_type
        ENUM('probe','split','transcode','package','thumbnail','audio','moderation','drm','subtitle','publish','verify') NOT NULL`.execute(
      db,
    );
  },
};
