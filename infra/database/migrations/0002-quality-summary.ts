import { sql, type Kysely, type Migration } from 'kysely';

/** The worst mean VMAF of any rendition and the number of problems of the current generation. */
export const qualitySummary: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    // MySQL has no ADD COLUMN IF NOT EXISTS.
    const { rows } = await sql`
      SELECT 1 FROM information_schema.columns
      WHERE table_schema = DATABASE() AND table_name = 'videos' AND column_name = 'quality_summary'`.execute(db);
    if (rows.length === 0) await sql`ALTER TABLE videos ADD COLUMN quality_summary JSON NULL`.execute(db);
  },
};
