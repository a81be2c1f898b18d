import type { FailureType } from '../../temporal/contract/failures';
import type { Step, VideoStatus } from '../../temporal/contract/steps';
import { database, type Database } from './database';
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

export interface VideoFilter {
  status?: VideoStatus | undefined;
  creatorId?: string | undefined;
  /** Whether moderation flagged them; those that were not scored are neither. */
  isFlagged?: boolean | undefined;
  /** Id of the last video of the page before; ids sort by creation time. */
  cursor?: string | undefined;
  limit: number;
}

/** Questions about many videos at once. All methods throw `DatabaseUnavailable`. */
export class VideoLists {
  constructor(private readonly db: Database) {}

  /** Newest first. */
  async list(filter: VideoFilter): Promise<Video[]> {
    let query = this.db.selectFrom('videos').selectAll().orderBy('videoId', 'desc').limit(filter.limit);
    if (filter.status !== undefined) query = query.where('status', '=', filter.status);
    if (filter.creatorId !== undefined) query = query.where('creatorId', '=', filter.creatorId);
    if (filter.isFlagged !== undefined) query = query.where('isFlagged', '=', filter.isFlagged ? 1 : 0);
    if (filter.cursor !== undefined) query = query.where('videoId', '<', filter.cursor);
    return (await database(() => query.execute())).map(toVideo);
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
