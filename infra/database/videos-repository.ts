import { sql } from 'kysely';
import type { ReopenRequest, RunRef } from '../../temporal/contract/activities';
import type { CodecFamily } from '../../temporal/contract/media/families';
import type { Walk } from '../../temporal/contract/pipeline';
import type { SourceFacts } from '../../temporal/contract/media/plan';
import type { WebhookRow } from '../webhooks/webhooks-repository';
import type { QualitySummary } from '../../temporal/contract/media/reports';
import type { Step, VideoStatus } from '../../temporal/contract/steps';
import { database, type Database } from './database';
import { changeWithEvents } from './events/event-outbox';
import { insertVideo } from './metadata/insert-video';
import { ERROR_MESSAGE_MAX_CHARS, type VideoWarning } from './schema';
import { dropWarnings, ENDED_STATUSES, PLAYABLE_IF_PUBLISHED, playableFrom, tellStatus, warningsWith } from './video-status';
import type { VideoStatusChange, VideoValues } from './video-status';
import { columnsOf, nothingMade, toVideo, type NewVideo, type Video } from './video';

/**
 * Reads and writes `videos`. Methods that take a {@link RunRef} compare-and-set on its generation: they resolve to false
 * and change nothing when the run is not the current one or the video has ended otherwise, and to true when repeated.
 * All methods throw `DatabaseUnavailable`. `onStatus` hears of every change of a state, possibly twice when a call is repeated.
 */
export class VideosRepository {
  constructor(
    private readonly db: Database,
    private readonly onStatus: (change: VideoStatusChange) => void = () => undefined,
  ) {}

  /** Inserts a video in state `uploading`, with the webhook that hears of it alone; rejects with a duplicate key error when the creator used the idempotency key before. */
  async create(video: NewVideo, webhook: WebhookRow | null = null): Promise<void> {
    await database(() => this.db.transaction().execute((transaction) => insertVideo(transaction, video, webhook)));
  }

  async find(videoId: string): Promise<Video | null> {
    const row = await database(() => this.db.selectFrom('videos').selectAll().where('videoId', '=', videoId).executeTakeFirst());
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

  /** Moves `uploading` to `uploaded`, with the walk of the run to come. Resolves to whether this call did it. */
  async setUploaded(videoId: string, walk: Walk): Promise<boolean> {
    return this.leaveUploading(videoId, { status: 'uploaded', walk: JSON.stringify(walk) });
  }

  /** Moves `uploading` to `cancelled`. Resolves to whether this call did it. */
  async setUploadCancelled(videoId: string): Promise<boolean> {
    return this.leaveUploading(videoId, { status: 'cancelled', completedAt: new Date() });
  }

  /** Remembers that the workflow service took the video over. */
  async setWorkflowStarted(videoId: string): Promise<void> {
    await database(() => this.db.updateTable('videos').set({ workflowStartedAt: new Date() }).where('videoId', '=', videoId).execute());
  }

  async advance(run: RunRef, status: VideoStatus): Promise<boolean> {
    return this.change(run, { status, startedAt: sql<Date>`coalesce(started_at, ${new Date()})` });
  }

  async setSourceFacts(run: RunRef, facts: SourceFacts): Promise<boolean> {
    return this.change(run, columnsOf(facts));
  }

  async setPlanned(run: RunRef, planned: { planSha256: string; skippedSteps: Step[]; walk: Walk }): Promise<boolean> {
    return this.change(run, {
      planSha256: planned.planSha256,
      skippedSteps: JSON.stringify(planned.skippedSteps),
      walk: JSON.stringify(planned.walk),
    });
  }

  async setQuality(run: RunRef, summary: QualitySummary): Promise<boolean> {
    return this.change(run, { qualitySummary: JSON.stringify(summary) });
  }

  /** Notes that a title plays while it is encoded. */
  async setPlayable(run: RunRef): Promise<boolean> {
    return this.change(run, { playableAt: playableFrom(new Date()) });
  }

  /** Ends the run well; the key is one of `video-transcoded`. */
  async setReady(run: RunRef, published: { manifestKey: string }): Promise<boolean> {
    const values = {
      status: 'ready',
      manifestUrl: published.manifestKey,
      playableAt: playableFrom(new Date()),
      completedAt: new Date(),
      errorMessage: null,
      failedStep: null,
      failureType: null,
    } as const;
    return this.change(run, values, 'ready');
  }

  /**
   * Names the poster, before or after the video is ready; the key is one of `video-transcoded`. While something else is published,
   * its poster stays: that of a run is public with the run.
   */
  async setThumbnail(run: RunRef, thumbnailKey: string): Promise<boolean> {
    const isShown = sql`manifest_url is null or status = 'ready'`;
    return this.change(run, { thumbnailUrl: sql<string | null>`if(${isShown}, ${thumbnailKey}, thumbnail_url)` }, 'ready');
  }

  /** Notes that the MPEG-TS segments of this generation are published. */
  async setTsPublished(run: RunRef): Promise<boolean> {
    return this.change(run, { tsGeneration: run.generation }, 'ready');
  }

  /** Ends the run badly, or its pull where no step has begun; the message is shown to the user. */
  async setFailed(run: RunRef, failure: { step: Step | null; failureType: string; message: string }): Promise<boolean> {
    const values = {
      status: 'failed',
      failedStep: failure.step,
      failureType: failure.failureType,
      errorMessage: failure.message.slice(0, ERROR_MESSAGE_MAX_CHARS),
      playableAt: PLAYABLE_IF_PUBLISHED,
      completedAt: new Date(),
    } as const;
    return this.change(run, values, 'failed');
  }

  /** Moves the run to `cancelled`, also from `failed`; a ready video stays ready. */
  async setCancelled(run: RunRef): Promise<boolean> {
    return this.changeUnless(['ready', 'removed'], run, {
      status: 'cancelled',
      playableAt: PLAYABLE_IF_PUBLISHED,
      completedAt: new Date(),
    });
  }

  /** Ends the video in any state and for every run. */
  async setRemoved(videoId: string): Promise<void> {
    const now = new Date();
    const values = {
      status: 'removed',
      completedAt: now,
      updatedAt: now,
      manifestUrl: null,
      playableAt: null,
      thumbnailUrl: null,
      pictures: null,
    } as const;
    const isDone = await changeWithEvents(this.db, videoId, (transaction) =>
      transaction.updateTable('videos').set(values).where('videoId', '=', videoId).where('status', '!=', 'removed'),
    );
    tellStatus(this.onStatus, { videoId }, values, isDone);
  }

  /**
   * Lets a run go on, as `nextGeneration`, after it had ended. A null `status` leaves the status alone. Warnings of the
   * steps that are done again are dropped. Resolves to false for a removed video and for a run that is not the current one.
   */
  async reopen(
    run: RunRef,
    { nextGeneration, status, rerun, walk }: Pick<ReopenRequest, 'nextGeneration' | 'status' | 'rerun' | 'walk'>,
  ): Promise<boolean> {
    const video = await this.find(run.videoId);
    // A repeated call finds the generation that its first attempt made.
    if (video?.generation !== run.generation && video?.generation !== nextGeneration) return false;
    const warnings = video.warnings.filter(({ step }) => !rerun.includes(step));
    const again = {
      status: status ?? video.status,
      errorMessage: null,
      failedStep: null,
      failureType: null,
      startedAt: new Date(),
      completedAt: null,
    };
    return this.changeUnless(
      ['removed'],
      { videoId: run.videoId, generation: video.generation },
      {
        generation: nextGeneration,
        warnings: JSON.stringify(warnings),
        ...(status === null ? {} : again),
        ...(nextGeneration === run.generation ? {} : nothingMade(walk)),
      },
    );
  }

  /** Adds a warning once, also when repeated. */
  async addWarning(run: RunRef, warning: VideoWarning): Promise<boolean> {
    return this.change(run, { warnings: warningsWith(warning) }, 'ready');
  }

  /** Drops the warnings that there are no renditions in a family, which is made after all. */
  async dropFamilyWarnings(run: RunRef, family: CodecFamily): Promise<void> {
    await dropWarnings(this.db, run, (warning) => warning.family === family && warning.code !== 'GpuFellBack');
  }

  private async leaveUploading(videoId: string, values: VideoValues): Promise<boolean> {
    const isDone = await changeWithEvents(this.db, videoId, (transaction) =>
      transaction
        .updateTable('videos')
        .set({ ...values, updatedAt: new Date() })
        .where('videoId', '=', videoId)
        .where('status', '=', 'uploading'),
    );
    return tellStatus(this.onStatus, { videoId }, values, isDone);
  }

  /** `alsoFrom` is the ended state that a repeated call finds. */
  private async change(run: RunRef, values: VideoValues, alsoFrom?: (typeof ENDED_STATUSES)[number]): Promise<boolean> {
    return this.changeUnless(
      ENDED_STATUSES.filter((status) => status !== alsoFrom),
      run,
      values,
    );
  }

  private async changeUnless(closed: readonly VideoStatus[], run: RunRef, values: VideoValues): Promise<boolean> {
    const update = (db: Database) =>
      db
        .updateTable('videos')
        .set({ ...values, updatedAt: new Date() })
        .where((eb) => eb.and({ videoId: run.videoId, generation: run.generation }))
        .where('status', 'not in', closed);
    // mysql2 counts matched rows, so a repeated call that changes nothing still counts.
    const isDone =
      values.status === undefined && values.playableAt === undefined
        ? (await database(() => update(this.db).executeTakeFirst())).numUpdatedRows > 0n
        : await changeWithEvents(this.db, run.videoId, update);
    return tellStatus(this.onStatus, run, values, isDone);
  }
}
