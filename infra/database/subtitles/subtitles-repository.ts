import type { RunRef } from '../../../temporal/contract/activities';
import { database, isDuplicateKey, type Database } from '../database';
import { updateWithEvent } from '../events/event-outbox';
import type { VideoSubtitlesTable } from './subtitles-table';

export type SubtitleRow = VideoSubtitlesTable;

/** Reads and writes `video_subtitles`. All methods throw `DatabaseUnavailable`. */
export class SubtitlesRepository {
  constructor(private readonly db: Database) {}

  /** Resolves to false, and changes nothing, for a track of a source that has a row: a caller may have removed it. */
  async add(row: SubtitleRow): Promise<boolean> {
    try {
      await updateWithEvent(this.db, row.videoId, async (transaction) => {
        await transaction.insertInto('videoSubtitles').values(row).execute();
        return { result: true, event: eventOf(row, 'added') };
      });
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  /** Resolves to false, and adds nothing, where the video has `most` text tracks already; the lock of its row makes callers at the same time wait. */
  async addWithin(row: SubtitleRow, most: number): Promise<boolean> {
    return updateWithEvent(this.db, row.videoId, async (transaction) => {
      const there = transaction.selectFrom('videoSubtitles').select('subtitleId').where('videoId', '=', row.videoId);
      const isFull = (await there.where('removedAt', 'is', null).limit(most).execute()).length >= most;
      if (isFull) return { result: false, event: null };
      await transaction.insertInto('videoSubtitles').values(row).execute();
      return { result: true, event: eventOf(row, 'added') };
    });
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
    return updateWithEvent(this.db, videoId, async (transaction) => {
      const rows = transaction.selectFrom('videoSubtitles').selectAll().where('videoId', '=', videoId).where('subtitleId', '=', subtitleId);
      const row = await rows.where('removedAt', 'is', null).executeTakeFirst();
      if (!row) return { result: false, event: null };
      await transaction.updateTable('videoSubtitles').set({ removedAt: new Date() }).where('subtitleId', '=', subtitleId).execute();
      return { result: true, event: eventOf(row, 'removed') };
    });
  }
}

function eventOf({ subtitleId, language }: SubtitleRow, action: 'added' | 'removed') {
  const change = { kind: 'subtitles', action, subtitle_id: subtitleId, language } as const;
  return { cause: `subtitles/${subtitleId}/${action}`, change };
}
