import { sql, type Selectable } from 'kysely';
import type { HousekeepingCounts, HousekeepingReport, HousekeepingTask } from '../../temporal/contract/housekeeping';
import type { Step, VideoStatus } from '../../temporal/contract/steps';
import { DAY_MS } from '../../temporal/contract/units';
import { database, type Database } from './database';
import { changeWithEvents } from './events/event-outbox';
import type { VideosTable } from './schema';

/** The last finished run of a task. */
export interface StoredReport {
  task: HousekeepingTask;
  startedAt: Date;
  finishedAt: Date;
  counts: HousekeepingCounts;
  examples: string[];
}

/** The columns by which housekeeping judges a video. */
const COLUMNS = [
  'videoId',
  'status',
  'generation',
  'uploadId',
  'originalS3Key',
  'fileSizeBytes',
  'createdAt',
  'updatedAt',
  'workflowStartedAt',
  'completedAt',
] as const;

export type VideoSummary = Pick<Selectable<VideosTable>, (typeof COLUMNS)[number]>;

/** A pull ends within two days; one that is under way for longer has lost its workflow. */
const PULL_LOST_AFTER_MS = 3 * DAY_MS;

/** A row as it was read; it may have changed since. */
export type SeenVideo = Pick<VideoSummary, 'videoId' | 'status' | 'generation' | 'updatedAt'>;

/** The questions of housekeeping about `videos`, paged by id, and its reports. All methods throw `DatabaseUnavailable`. */
export class HousekeepingRepository {
  constructor(private readonly db: Database) {}

  /** Rows behind `after`, by id. */
  async listAll(page: { after: string; limit: number }): Promise<VideoSummary[]> {
    return database(() => this.summaries(page).execute());
  }

  /** Rows of these states that have not changed since `before`, behind `after`, by id. */
  async listUnchanged(statuses: readonly VideoStatus[], before: Date, page: { after: string; limit: number }): Promise<VideoSummary[]> {
    return database(() =>
      this.summaries(page)
        .where('status', 'in', [...statuses])
        .where('updatedAt', '<', before)
        .execute(),
    );
  }

  /** The rows among these ids. */
  async findMany(videoIds: readonly string[]): Promise<Map<string, VideoSummary>> {
    if (videoIds.length === 0) return new Map();
    const rows = await database(() =>
      this.db
        .selectFrom('videos')
        .select(COLUMNS)
        .where('videoId', 'in', [...videoIds])
        .execute(),
    );
    return new Map(rows.map((row) => [row.videoId, row]));
  }

  /** Those among these keys that a video names as its original. No index serves it: it is meant for few keys. */
  async findOriginalKeys(keys: readonly string[]): Promise<Set<string>> {
    if (keys.length === 0) return new Set();
    const rows = await database(() =>
      this.db
        .selectFrom('videos')
        .select('originalS3Key')
        .where('originalS3Key', 'in', [...keys])
        .execute(),
    );
    return new Set(rows.map((row) => row.originalS3Key));
  }

  /**
   * Ends a video badly, unless anything about its row has changed since it was seen: a run that has just started is left
   * alone. Resolves to whether it did.
   */
  async failUnchanged(seen: SeenVideo, failure: { step: Step; failureType: string; message: string }): Promise<boolean> {
    const now = new Date();
    return changeWithEvents(this.db, seen.videoId, (transaction) =>
      transaction
        .updateTable('videos')
        .set({
          status: 'failed',
          failedStep: failure.step,
          failureType: failure.failureType,
          errorMessage: failure.message,
          completedAt: now,
          updatedAt: now,
        })
        .where('videoId', '=', seen.videoId)
        .where('generation', '=', seen.generation)
        .where('status', '=', seen.status)
        .where('updatedAt', '=', seen.updatedAt),
    );
  }

  /** Replaces the report of the task's last run. */
  async saveReport(report: HousekeepingReport): Promise<void> {
    const values = {
      startedAt: new Date(report.startedAtMs),
      finishedAt: new Date(),
      counts: JSON.stringify(report.counts),
      examples: JSON.stringify(report.examples),
    };
    await database(() =>
      this.db
        .insertInto('housekeepingReports')
        .values({ task: report.task, ...values })
        .onDuplicateKeyUpdate(values)
        .execute(),
    );
  }

  /** The last report of each task that has run. */
  async lastReports(): Promise<StoredReport[]> {
    const rows = await database(() => this.db.selectFrom('housekeepingReports').selectAll().orderBy('task').execute());
    return rows.map((row) => ({
      ...row,
      counts: JSON.parse(row.counts) as HousekeepingCounts,
      examples: JSON.parse(row.examples) as string[],
    }));
  }

  private summaries(page: { after: string; limit: number }) {
    const query = this.db.selectFrom('videos').select(COLUMNS).where('videoId', '>', page.after);
    return query.where(isNoPull(PULL_LOST_AFTER_MS)).orderBy('videoId').limit(page.limit);
  }
}

/** Videos whose original is still to be pulled have nothing that is to be kept in order, however long they wait for their turn. */
function isNoPull(lostAfterMs: number) {
  return sql<boolean>`not exists (
    select 1 from video_sources s where s.video_id = videos.video_id and s.state <> 'done'
      and (videos.status <> 'uploading' or s.started_at is null or s.started_at > ${new Date(Date.now() - lostAfterMs)}))`;
}
