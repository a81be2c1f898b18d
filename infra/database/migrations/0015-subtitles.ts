import { sql, type Kysely, type Migration } from 'kysely';

/** Text tracks of videos: uploaded ones, and those of a generation's source. */
export const subtitles: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`
      CREATE TABLE IF NOT EXISTS video_subtitles (
        subtitle_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
        video_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        origin ENUM('uploaded','source') NOT NULL,
        generation INT UNSIGNED NULL,
        source_track INT UNSIGNED NULL,
        language VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        label VARCHAR(100) NOT NULL,
        kind ENUM('subtitles','captions','forced') NOT NULL,
        cue_count INT UNSIGNED NOT NULL,
        created_at DATETIME(3) NOT NULL,
        removed_at DATETIME(3) NULL,
        UNIQUE INDEX video_subtitles_source (video_id, generation, source_track)
      ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`.execute(db);
  },
};
