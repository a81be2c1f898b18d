import type { RunRef } from '../../../temporal/contract/activities';
import { database, isDuplicateKey, type Database } from '../database';
import type { VideoSubtitlesTable } from './subtitles-table';

export type SubtitleRow = VideoSubtitlesTable;

/** Reads and writes `video_subtitles`. All methods throw `DatabaseUnavailable`. */
export class SubtitlesRepository {
  constructor(private readonly db: Database) {}

  /** Resolves to false, and changes nothing, for a track of a source that has a row: a caller may have removed it. */
  async add(row: SubtitleRow): Promise<boolean> {
    try {
      await database(() => this.db.insertInto('videoSubtitles').values(row).execute());
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  /** Text tracks that players of a generation are offered, oldest first: all uploaded ones, and those of its source. */
  async offered({ videoId, generation }: RunRef): Promise<SubtitleRow[]> {
    const rows = await this.list(videoId);
    return rows.filter((row) => row.generation === null || row.generation === generation);
  }

  /** Text tracks of all generations that are not removed, oldest first. */
  async list(videoId: string): Promise<SubtitleRow[]> {
    const query = this.db.selectFrom('videoSubtitles').selectAll().where('videoId', '=', videoId).where('removedAt', 'is', null);
    return database(() => query.orderBy('subtitleId').execute());
  }

  /** Tracks of a generation's source whose text was stored before, and those that were removed from any generation. */
  async sourceTracks({ videoId, generation }: RunRef): Promise<number[]> {
    const query = this.db
      .selectFrom('videoSubtitles')
      .select('sourceTrack')
      .where('videoId', '=', videoId)
      .where((row) => row.or([row('generation', '=', generation), row('removedAt', 'is not', null)]));
    return (await database(() => query.execute())).flatMap(({ sourceTrack }) => sourceTrack ?? []);
  }

  /** Resolves to false for subtitles that are not there. */
  async remove({ videoId, subtitleId }: Pick<SubtitleRow, 'videoId' | 'subtitleId'>): Promise<boolean> {
    const result = await database(() =>
      this.db
        .updateTable('videoSubtitles')
        .set({ removedAt: new Date() })
        .where('videoId', '=', videoId)
        .where('subtitleId', '=', subtitleId)
        .where('removedAt', 'is', null)
        .executeTakeFirst(),
    );
    return result.numUpdatedRows > 0n;
  }
}
