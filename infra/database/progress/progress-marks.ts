import { sql, type RawBuilder } from 'kysely';
import { database, type Database } from '../database';

/** Ids of one statement. */
const IDS_PER_STATEMENT = 500;

/** Tells which videos have changed without reading what they have become. All methods throw `DatabaseUnavailable`. */
export class ProgressMarks {
  constructor(private readonly db: Database) {}

  /**
   * A number in text for each of these videos that is there. It is another one once a row has changed that the progress of the video is made
   * of: its own, those of its tasks and families, that of its source.
   */
  async of(videoIds: readonly string[]): Promise<Map<string, string>> {
    const marks = new Map<string, string>();
    for (let first = 0; first < videoIds.length; first += IDS_PER_STATEMENT) {
      const statement = marksOf(videoIds.slice(first, first + IDS_PER_STATEMENT));
      const { rows } = await database(() => statement.execute(this.db));
      for (const { videoId, mark } of rows) marks.set(videoId, mark);
    }
    return marks;
  }
}

/** The checksum of a row is that of the columns that its writers change. */
function marksOf(videoIds: readonly string[]): RawBuilder<{ videoId: string; mark: string }> {
  const ids = sql.join(videoIds);
  return sql`
    SELECT video_id, CAST(SUM(mark) AS CHAR) AS mark FROM (
      SELECT video_id, CRC32(CONCAT_WS('|', 'video', updated_at, status, generation)) AS mark FROM videos WHERE video_id IN (${ids})
      UNION ALL
      SELECT video_id, SUM(CRC32(CONCAT_WS('|', task_id, status, progress_percent, started_at))) FROM transcoding_tasks
        WHERE video_id IN (${ids}) GROUP BY video_id
      UNION ALL
      SELECT video_id, CRC32(CONCAT_WS('|', family, updated_at, state, generation, revision)) FROM video_families WHERE video_id IN (${ids})
      UNION ALL
      SELECT video_id, CRC32(CONCAT_WS('|', 'source', state, bytes_received, bytes_total)) FROM video_sources WHERE video_id IN (${ids})
    ) AS marks GROUP BY video_id`;
}
