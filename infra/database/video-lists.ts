import type { FailureType } from '../../temporal/contract/failures';
import type { Step, VideoStatus } from '../../temporal/contract/steps';
import { database, type Database } from './database';
import { videoIds, type VideoFilter } from './metadata/video-ids';
import { toVideo, type Video } from './video';

/** Numbers of videos, as operators want to be alerted. */
export interface VideoCounts {
  byStatus: { status: VideoStatus; count: number }[];
  failed: { failedStep: Step | null; failureType: string | null; count: number }[];
}

export interface FailedVideoFilter {
  creatorId?: string | undefined;
  failedStep?: Step | undefined;
  failureType?: FailureType | undefined;
  exceptFailureTypes: readonly FailureType[];
  limit: number;
}

/** A page of a list. */
export interface VideoPage {
  videos: Video[];
  /** Id behind which the next page begins; null at the end of the list. */
  nextCursor: string | null;
}

/** Questions about many videos at once. All methods throw `DatabaseUnavailable`. */
export class VideoLists {
  constructor(private readonly db: Database) {}

  /**
   * Newest first. A page may have fewer videos than its limit and a next page: a part of a title is looked for in so many videos at a time.
   */
  async list(filter: VideoFilter): Promise<VideoPage> {
    const { ids, nextCursor } = await database(() => videoIds(this.db, filter));
    if (ids.length === 0) return { videos: [], nextCursor };
    const rows = await database(() =>
      this.db.selectFrom('videos').selectAll().where('videoId', 'in', ids).orderBy('videoId', 'desc').execute(),
    );
    return { videos: rows.map(toVideo), nextCursor };
  }

  /** Failed videos, oldest first. */
  async listFailed(filter: FailedVideoFilter): Promise<Video[]> {
    let query = this.db.selectFrom('videos').selectAll().where('status', '=', 'failed').orderBy('videoId').limit(filter.limit);
    if (filter.creatorId !== undefined) query = query.where('creatorId', '=', filter.creatorId);
    if (filter.failedStep !== undefined) query = query.where('failedStep', '=', filter.failedStep);
    if (filter.failureType !== undefined) query = query.where('failureType', '=', filter.failureType);
    if (filter.exceptFailureTypes.length > 0) query = query.where('failureType', 'not in', filter.exceptFailureTypes);
    return (await database(() => query.execute())).map(toVideo);
  }

  /** Two queries that the index on `status` answers. */
  async count(): Promise<VideoCounts> {
    const videos = this.db.selectFrom('videos');
    const [byStatus, failed] = await Promise.all([
      database(() =>
        videos
          .select(['status', ({ fn }) => fn.countAll<number>().as('count')])
          .groupBy('status')
          .execute(),
      ),
      database(() =>
        videos
          .where('status', '=', 'failed')
          .select(['failedStep', 'failureType', ({ fn }) => fn.countAll<number>().as('count')])
          .groupBy(['failedStep', 'failureType'])
          .execute(),
      ),
    ]);
    return { byStatus, failed };
  }

  /** Uploaded videos, oldest first, whose workflow was not started when their upload was completed. */
  async listNotStarted(limit: number): Promise<Video[]> {
    const rows = await database(() =>
      this.db
        .selectFrom('videos')
        .selectAll()
        .where('status', '=', 'uploaded')
        .where('workflowStartedAt', 'is', null)
        .orderBy('videoId')
        .limit(limit)
        .execute(),
    );
    return rows.map(toVideo);
  }
}
