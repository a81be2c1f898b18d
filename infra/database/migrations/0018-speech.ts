import { sql, type Kysely, type Migration } from 'kysely';

/** Rows for the step `speech`, and the text tracks that it makes. */
export const speech: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    // A value behind the last one changes no row, and a repeated change nothing at all.
    await sql`
      ALTER TABLE transcoding_tasks MODIFY task_type
        ENUM('probe','split','transcode','package','thumbnail','audio','moderation','drm','subtitle','publish','verify','ts','speech') NOT NULL`.execute(
      db,
    );
    await sql`ALTER TABLE video_subtitles MODIFY origin ENUM('uploaded','source','speech') NOT NULL`.execute(db);
  },
};
