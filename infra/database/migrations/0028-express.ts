import { sql, type Kysely, type Migration } from 'kysely';

/** Rows for segments that viewers wait for. */
export const express: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    // A value behind the last one changes no row, and a repeated change nothing at all.
    await sql`
      ALTER TABLE transcoding_tasks MODIFY task_type
        ENUM('probe','split','transcode','package','thumbnail','audio','moderation','drm','subtitle','publish','verify','ts','speech','ingest','express') NOT NULL`.execute(
      db,
    );
  },
};
