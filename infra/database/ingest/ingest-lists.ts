import { sql } from 'kysely';
import type { Priority, VideoStatus } from '../../../temporal/contract/steps';
import { database, type Database } from '../database';
import { FAILED_ATTEMPT, type IngestBatchesTable } from './ingest-tables';

/** A pull whose turn it is. */
interface AdmittedPull {
  videoId: string;
  attempt: number;
  creatorId: string;
  priority: Priority;
}

/** A video of a batch. */
export interface BatchItem {
  videoId: string;
  status: VideoStatus;
  shown: string;
  bytesReceived: number;
  bytesTotal: number | null;
  failureType: string | null;
  errorMessage: string | null;
}

/** Questions about many pulls. All methods throw `DatabaseUnavailable`. */
export class IngestLists {
  constructor(private readonly db: Database) {}

  /**
   * Gives waiting pulls their turn, at most `limit`, so that no creator has more than `perCreator` under way. One that waits for its next
   * attempt has no place, so that a source that fails does not hold up the others. A call beside another one does nothing.
   */
  async admit({ perCreator, limit }: { perCreator: number; limit: number }): Promise<void> {
    const lock = sql`concat(database(), '/ingest')`;
    await database(() =>
      // The lock belongs to the connection.
      this.db.connection().execute(async (db) => {
        const { rows } = await sql<{ isFree: number | null }>`select get_lock(${lock}, 0) as is_free`.execute(db);
        if (rows[0]?.isFree !== 1) return;
        try {
          const waiting = await waitingPulls(db, perCreator, limit);
          if (waiting.length > 0) await db.updateTable('videoSources').set({ state: 'pulling' }).where('videoId', 'in', waiting).execute();
        } finally {
          await sql`select release_lock(${lock})`.execute(db);
        }
      }),
    );
  }

  /** Pulls whose turn it is and whose workflow is not started, as far as the row knows. */
  async listAdmitted(limit: number): Promise<AdmittedPull[]> {
    const query = this.db
      .selectFrom('videoSources')
      .innerJoin('videos', 'videos.videoId', 'videoSources.videoId')
      .select(['videoSources.videoId', 'videoSources.attempt', 'videoSources.creatorId', 'videos.priority'])
      .where('videoSources.state', '=', 'pulling')
      .where('videoSources.startedAt', 'is', null)
      .where('videos.status', '=', 'uploading');
    return database(() => query.limit(limit).execute());
  }

  async setStarted({ videoId, attempt }: Pick<AdmittedPull, 'videoId' | 'attempt'>): Promise<void> {
    const update = this.db.updateTable('videoSources').set({ startedAt: new Date() });
    await database(() => update.where('videoId', '=', videoId).where('attempt', '=', attempt).execute());
  }

  async findBatch(batchId: string): Promise<IngestBatchesTable | null> {
    const query = this.db.selectFrom('ingestBatches').selectAll().where('batchId', '=', batchId);
    return (await database(() => query.executeTakeFirst())) ?? null;
  }

  async findBatchByKey(creatorId: string, idempotencyKey: string): Promise<IngestBatchesTable | null> {
    const query = this.db
      .selectFrom('ingestBatches')
      .selectAll()
      .where((eb) => eb.and({ creatorId, idempotencyKey }));
    return (await database(() => query.executeTakeFirst())) ?? null;
  }

  async countBatch(batchId: string): Promise<{ status: VideoStatus; count: number }[]> {
    const query = this.db
      .selectFrom('videoSources')
      .innerJoin('videos', 'videos.videoId', 'videoSources.videoId')
      .select(['videos.status', ({ fn }) => fn.countAll<number>().as('count')])
      .where('videoSources.batchId', '=', batchId);
    return database(() => query.groupBy('videos.status').execute());
  }

  /** In the order of the request, behind `cursor`. */
  async listBatch(
    batchId: string,
    { limit, cursor, status }: { limit: number; cursor?: string | undefined; status?: VideoStatus | undefined },
  ): Promise<BatchItem[]> {
    let query = this.db
      .selectFrom('videoSources as source')
      .innerJoin('videos as video', 'video.videoId', 'source.videoId')
      .select(['video.videoId', 'video.status', 'source.shown', 'source.bytesReceived', 'source.bytesTotal'])
      .select(['video.failureType', 'video.errorMessage'])
      .where('source.batchId', '=', batchId);
    if (cursor !== undefined) query = query.where('source.videoId', '>', cursor);
    if (status !== undefined) query = query.where('video.status', '=', status);
    return database(() => query.orderBy('source.videoId').limit(limit).execute());
  }
}

/** Pulls with a turn, for each one that may be under way: those that wait for their next attempt come back for a slot all at once. */
const MOST_BEGUN = 10;

/** The first ones of each creator, as many as it may have beside those under way. */
async function waitingPulls(db: Database, perCreator: number, limit: number): Promise<string[]> {
  const { rows } = await sql<{ videoId: string }>`
    select video_id from (
      select s.video_id,
        row_number() over (partition by s.creator_id order by field(v.priority, 'urgent', 'high', 'normal', 'low'), s.video_id) as place,
        coalesce(busy.pulls, 0) as pulls, coalesce(busy.begun, 0) as begun
      from video_sources s
      join videos v on v.video_id = s.video_id and v.status = 'uploading'
      left join (
        select p.creator_id, count(*) as begun, count(*) - count(failed.task_id) as pulls from video_sources p
        join videos w on w.video_id = p.video_id and w.status = 'uploading'
        left join transcoding_tasks failed on failed.video_id = p.video_id and ${FAILED_ATTEMPT}
        where p.state = 'pulling' group by p.creator_id
      ) busy on busy.creator_id = s.creator_id
      where s.state = 'waiting'
    ) waiting
    where place + pulls <= ${perCreator} and place + begun <= ${MOST_BEGUN * perCreator} order by place limit ${limit}`.execute(db);
  return rows.map(({ videoId }) => videoId);
}
