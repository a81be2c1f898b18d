import { database, type Database } from '../database';
import { insertPairs } from './insert-video';
import type { VideoMetadata } from './metadata-tables';

/** What people say about a video, and may change at any time. */
export interface VideoDetails {
  title: string;
  metadata: VideoMetadata;
}

/** Changes of titles and metadata. */
export class VideoDetailsRepository {
  constructor(private readonly db: Database) {}

  /**
   * Sets what `change` makes of the details of a video, one caller at a time. What it throws changes nothing. Resolves to null where there is no such video. Throws
   * `DatabaseUnavailable`.
   */
  async change(videoId: string, change: (details: VideoDetails) => VideoDetails): Promise<VideoDetails | null> {
    return database(() =>
      this.db.transaction().execute(async (transaction) => {
        const row = await transaction
          .selectFrom('videos')
          .select(['title', 'metadata'])
          .where('videoId', '=', videoId)
          .forUpdate()
          .executeTakeFirst();
        if (!row) return null;
        const changed = change({ title: row.title, metadata: metadataOf(row.metadata) });
        const { title, metadata } = changed;
        await transaction
          .updateTable('videos')
          .set({ title, metadata: JSON.stringify(metadata), updatedAt: new Date() })
          .where('videoId', '=', videoId)
          .execute();
        await transaction.deleteFrom('videoMetadata').where('videoId', '=', videoId).execute();
        await insertPairs(transaction, videoId, metadata);
        return changed;
      }),
    );
  }
}

/** The metadata of its column. */
export function metadataOf(column: string | null): VideoMetadata {
  return column === null ? {} : (JSON.parse(column) as VideoMetadata);
}
