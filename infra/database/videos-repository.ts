import { sql, type UpdateObject } from 'kysely';
import type { RunRef } from '../../temporal/contract/activities';
import type { SourceFacts } from '../../temporal/contract/plan';
import type { QualitySummary } from '../../temporal/contract/reports';
import type { Step, VideoStatus } from '../../temporal/contract/steps';
import { database, type Database } from './database';
import type { Schema } from './schema';
import { toVideo, type NewVideo, type Video } from './video';

/** States that no step of a run changes any more. */
export const ENDED_STATUSES = ['ready', 'failed', 'cancelled', 'removed'] as const satisfies readonly VideoStatus[];

const ERROR_MESSAGE_MAX_CHARS = 1000;

export interface VideoFilter {
  status?: VideoStatus | undefined;
  creatorId?: string | undefined;
  /** Id of the last video of the page before; ids sort by creation time. */
  cursor?: string | undefined;
  limit: number;
}

/**
 * Reads and writes `videos`. Methods that take a {@link RunRef} compare-and-set on its generation: they resolve to false
 * and change nothing when the run is not the current one or the video has ended otherwise, and to true when repeated.
 * All methods throw `DatabaseUnavailable`.
 */
export class VideosRepository {
  constructor(private readonly db: Database) {}

  /** Inserts a video in state `uploading`; rejects with a duplicate key error when the creator used the idempotency key before. */
  async create(row: NewVideo): Promise<void> {
    const now = new Date();
    await database(() =>
      this.db
        .insertInto('videos')
        .values({ ...row, warnings: '[]', skippedSteps: '[]', createdAt: now, updatedAt: now })
        .execute(),
    );
  }

  async find(videoId: string): Promise<Video | null> {
    const row = await database(() =>
      this.db.selectFrom('videos').selectAll().where('videoId', '=', videoId).executeTakeFirst(),
    );
    return row ? toVideo(row) : null;
  }

  async findByIdempotencyKey(creatorId: string, idempotencyKey: string): Promise<Video | null> {
    const row = await database(() =>
      this.db
        .selectFrom('videos')
        .selectAll()
        .where('creatorId', '=', creatorId)
        .where('idempotencyKey', '=', idempotencyKey)
        .executeTakeFirst(),
    );
    return row ? toVideo(row) : null;
  }

  /** Newest first. */
  async list(filter: VideoFilter): Promise<Video[]> {
    let query = this.db.selectFrom('videos').selectAll().orderBy('videoId', 'desc').limit(filter.limit);
    if (filter.status !== undefined) query = query.where('status', '=', filter.status);
    if (filter.creatorId !== undefined) query = query.where('creatorId', '=', filter.creatorId);
    if (filter.cursor !== undefined) query = query.where('videoId', '<', filter.cursor);
    return (await database(() => query.execute())).map(toVideo);
  }

  /** Moves `uploading` to `uploaded`. Resolves to whether this call did it. */
  async setUploaded(videoId: string): Promise<boolean> {
    return this.leaveUploading(videoId, { status: 'uploaded' });
  }

  /** Moves `uploading` to `cancelled`. Resolves to whether this call did it. */
  async setUploadCancelled(videoId: string): Promise<boolean> {
    return this.leaveUploading(videoId, { status: 'cancelled', completedAt: new Date() });
  }

  /** Remembers that the workflow service took the video over. */
  async setWorkflowStarted(videoId: string): Promise<void> {
    await database(() =>
      this.db.updateTable('videos').set({ workflowStartedAt: new Date() }).where('videoId', '=', videoId).execute(),
    );
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

  async advance(run: RunRef, status: VideoStatus): Promise<boolean> {
    return this.change(run, { status, startedAt: sql<Date>`coalesce(started_at, ${new Date()})` });
  }

  async setSourceFacts(run: RunRef, facts: SourceFacts): Promise<boolean> {
    return this.change(run, {
      sourceFacts: JSON.stringify(facts),
      originalFormat: facts.container.slice(0, 64),
      durationSec: facts.durationMs / 1000,
      originalWidth: facts.video.width,
      originalHeight: facts.video.height,
      originalCodec: facts.video.codec,
      originalBitrateKbps: Math.round(facts.bitrateBps / 1000),
    });
  }

  async setPlanned(run: RunRef, planned: { planSha256: string; skippedSteps: Step[] }): Promise<boolean> {
    return this.change(run, { planSha256: planned.planSha256, skippedSteps: JSON.stringify(planned.skippedSteps) });
  }

  async setQuality(run: RunRef, summary: QualitySummary): Promise<boolean> {
    return this.change(run, { qualitySummary: JSON.stringify(summary) });
  }

  /** Ends the run well; the key is one of `video-transcoded`. */
  async setReady(run: RunRef, published: { manifestKey: string }): Promise<boolean> {
    const values = {
      status: 'ready',
      manifestUrl: `/stream/${published.manifestKey}`,
      completedAt: new Date(),
      errorMessage: null,
      failedStep: null,
      failureType: null,
    } as const;
    return this.change(run, values, 'ready');
  }

  /** Names the poster, before or after the video is ready; the key is one of `video-transcoded`. */
  async setThumbnail(run: RunRef, thumbnailKey: string): Promise<boolean> {
    return this.change(run, { thumbnailUrl: `/stream/${thumbnailKey}` }, 'ready');
  }

  /** Ends the run badly; the message is shown to the user. */
  async setFailed(run: RunRef, failure: { step: Step; failureType: string; message: string }): Promise<boolean> {
    const values = {
      status: 'failed',
      failedStep: failure.step,
      failureType: failure.failureType,
      errorMessage: failure.message.slice(0, ERROR_MESSAGE_MAX_CHARS),
      completedAt: new Date(),
    } as const;
    return this.change(run, values, 'failed');
  }

  /** Adds a warning once, also when repeated. */
  async addWarning(run: RunRef, warning: { step: Step; message: string }): Promise<boolean> {
    const entry = sql`json_object('step', ${warning.step}, 'message', ${warning.message})`;
    return this.change(run, {
      warnings: sql<string>`if(json_contains(warnings, ${entry}), warnings, json_array_append(warnings, '$', ${entry}))`,
    }, 'ready');
  }

  private async leaveUploading(videoId: string, values: UpdateObject<Schema, 'videos'>): Promise<boolean> {
    const result = await database(() =>
      this.db
        .updateTable('videos')
        .set({ ...values, updatedAt: new Date() })
        .where('videoId', '=', videoId)
        .where('status', '=', 'uploading')
        .executeTakeFirst(),
    );
    return result.numUpdatedRows > 0n;
  }

  /** `alsoFrom` is the ended state that a repeated call finds. */
  private async change(
    run: RunRef,
    values: UpdateObject<Schema, 'videos'>,
    alsoFrom?: (typeof ENDED_STATUSES)[number],
  ): Promise<boolean> {
    const closed = ENDED_STATUSES.filter((status) => status !== alsoFrom);
    const result = await database(() =>
      this.db
        .updateTable('videos')
        .set({ ...values, updatedAt: new Date() })
        .where('videoId', '=', run.videoId)
        .where('generation', '=', run.generation)
        .where('status', 'not in', closed)
        .executeTakeFirst(),
    );
    // mysql2 counts matched rows, so a repeated call that changes nothing still counts.
    return result.numUpdatedRows > 0n;
  }
}
