import type { PlaybackMode } from '../../../temporal/contract/media/playback';
import { database, type Database } from '../database';

/** Reads how videos play. All methods throw `DatabaseUnavailable`. */
export class PlaybackRepository {
  constructor(private readonly db: Database) {}

  /** Null where there is no such video. */
  async modeOf(videoId: string): Promise<PlaybackMode | null> {
    const query = this.db.selectFrom('videos').select('playback').where('videoId', '=', videoId);
    return (await database(() => query.executeTakeFirst()))?.playback ?? null;
  }
}
