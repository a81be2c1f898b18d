import { sql } from 'kysely';
import type { RunRef } from '../../../temporal/contract/activities';
import type { PictureRecord, PosterChoice, ThumbnailRequest } from '../../../temporal/contract/media/pictures';
import { isAboutChosenPoster } from '../../../temporal/contract/media/warnings';
import { thumbnailKeys } from '../../../temporal/contract/picture-keys';
import { database, type Database } from '../database';
import { dropWarnings } from '../video-status';

const OVER = ['failed', 'cancelled', 'removed'] as const;

/** Reads and writes which pictures videos show. Every call can be repeated; all throw `DatabaseUnavailable`. */
export class PicturesRepository {
  constructor(private readonly db: Database) {}

  /**
   * Shows the pictures of a run, before or after the video is ready. While another generation is published, its pictures stay: those of a
   * run are public with the run. Resolves to false for a run that is not the current one.
   */
  async show(run: RunRef, record: PictureRecord): Promise<boolean> {
    const { videoId, generation } = run;
    const poster = record.poster ? thumbnailKeys.poster(videoId, generation, record.poster.folder) : null;
    const isShown = sql`manifest_url is null or status = 'ready'`;
    const result = await database(() =>
      this.db
        .updateTable('videos')
        .set({
          thumbnailUrl: sql<string | null>`if(${isShown}, ${poster}, thumbnail_url)`,
          pictures: sql<string | null>`if(${isShown}, ${JSON.stringify(record)}, pictures)`,
          updatedAt: new Date(),
        })
        .where('videoId', '=', videoId)
        .where('generation', '=', generation)
        .where('status', 'not in', OVER)
        .executeTakeFirst(),
    );
    return result.numUpdatedRows > 0n;
  }

  /** The poster of a ready video from now on, also of its later generations. Resolves to false for any other video. */
  async choosePoster(videoId: string, choice: PosterChoice): Promise<boolean> {
    return this.changeReady(videoId, { posterChoice: JSON.stringify(choice) });
  }

  /** Drops the warnings that posters were not made which users chose before the one of now. */
  async dropPosterWarnings(run: RunRef): Promise<void> {
    await dropWarnings(this.db, run, isAboutChosenPoster);
  }

  /** The interval of thumbnails of a ready video from now on, also of its later generations. Resolves to false for any other video. */
  async askThumbnails(videoId: string, { intervalMs }: ThumbnailRequest): Promise<boolean> {
    const asked = sql<string>`json_set(encoding, '$.thumbnails', json_object('intervalMs', ${sql.lit(intervalMs)}))`;
    return this.changeReady(videoId, { encoding: asked });
  }

  private async changeReady(
    videoId: string,
    values: { posterChoice: string } | { encoding: ReturnType<typeof sql<string>> },
  ): Promise<boolean> {
    const result = await database(() =>
      this.db
        .updateTable('videos')
        .set({ ...values, updatedAt: new Date() })
        .where('videoId', '=', videoId)
        .where('status', '=', 'ready')
        .executeTakeFirst(),
    );
    return result.numUpdatedRows > 0n;
  }
}
