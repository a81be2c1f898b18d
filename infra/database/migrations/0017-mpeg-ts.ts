import { sql, type Kysely, type Migration } from 'kysely';
import { addColumn } from './add-column';

/** Rows for the step `ts`, and which generation has MPEG-TS segments. */
export const mpegTs: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await addColumn(db, 'videos', { name: 'ts_generation', definition: 'INT NULL' });
    // A value behind the last one changes no row, and a repeated change nothing at all.
    await sql`
      ALTER TABLE transcoding_tasks MODIFY task_type
        ENUM('probe','split','transcode','package','thumbnail','audio','moderation','drm','subtitle','publish','verify','ts') NOT NULL`.execute(
      db,
    );
  },
};
