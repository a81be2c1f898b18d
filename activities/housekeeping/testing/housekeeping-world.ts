import { createHash, randomBytes } from 'node:crypto';
import { ListObjectsV2Command, ListObjectVersionsCommand, type S3Client } from '@aws-sdk/client-s3';
import { Worker } from '@temporalio/worker';
import { ulid } from 'ulid';
import type { Database } from '../../../infra/database/database';
import { FamiliesRepository } from '../../../infra/database/families-repository';
import { EventsRepository } from '../../../infra/database/events/events-repository';
import { HousekeepingRepository } from '../../../infra/database/housekeeping-repository';
import { migrate } from '../../../infra/database/migrate';
import { createEmptyDatabase } from '../../../infra/database/testing/empty-database';
import { newVideo } from '../../../infra/database/testing/new-video';
import type { JsonColumn, Video } from '../../../infra/database/video';
import { VideosRepository } from '../../../infra/database/videos-repository';
import { ViewsRepository } from '../../../infra/database/views-repository';
import { DeliveriesRepository } from '../../../infra/webhooks/deliveries-repository';
import type { MultipartUploads } from '../../../infra/object-store/multipart-uploads';
import { ObjectStore } from '../../../infra/object-store/object-store';
import { s3OfEnvironment } from '../../../infra/object-store/testing/s3-of-environment';
import { HOUSEKEEPING_TASKS, type HousekeepingTask } from '../../../temporal/contract/housekeeping';
import { housekeepingScheduleId, processVideoWorkflowId, WORKFLOW_TYPES } from '../../../temporal/contract/ids';
import type { Bucket } from '../../../temporal/contract/object-keys';
import { WORKFLOW_QUEUE } from '../../../temporal/contract/queues';
import { ensureSchedules } from '../../../temporal/schedules';
import { openOwnNamespace, type OwnNamespace } from '../../../temporal/testing/own-namespace';
import { startFirstJoin } from '../../../temporal/family-commands';
import { isVideoRunning } from '../../../temporal/video-runs';
import { BUILT_WORKFLOWS } from '../../../workflows/testing/built-workflows';
import { housekeepingActivities } from '../housekeeping';
import type { HousekeepingDependencies } from '../housekeeping-dependencies';

const POLL_MS = 100;

/** A service with a database, buckets, a namespace and schedules of its own, and a clock that a test sets. */
export class HousekeepingWorld {
  /** How far the clock of housekeeping is ahead. Stores date objects themselves, so a test moves the clock instead. */
  aheadMs = 0;
  readonly warnings: string[] = [];
  readonly videos: VideosRepository;
  readonly rows: HousekeepingRepository;
  readonly families: FamiliesRepository;
  readonly views: ViewsRepository;
  readonly uploads: MultipartUploads;

  private constructor(
    readonly db: Database,
    readonly objects: ObjectStore,
    private readonly client: S3Client,
    readonly server: OwnNamespace,
    private readonly dropDatabase: () => Promise<void>,
  ) {
    this.videos = new VideosRepository(db);
    this.rows = new HousekeepingRepository(db);
    this.families = new FamiliesRepository(db);
    this.views = new ViewsRepository(db);
    this.uploads = objects.uploads();
  }

  static async create(): Promise<HousekeepingWorld> {
    const empty = await createEmptyDatabase();
    const db = empty.connect();
    await migrate(db);
    const suffix = randomBytes(4).toString('hex');
    const client = s3OfEnvironment();
    const objects = new ObjectStore(client, {
      originals: `originals-${suffix}`,
      segments: `segments-${suffix}`,
      transcoded: `transcoded-${suffix}`,
    });
    await objects.prepare(() => undefined);
    const server = await openOwnNamespace(process.env['TEMPORAL_ADDRESS'] ?? '');
    await ensureSchedules(server.client);
    // A schedule whose time comes in a test would run, at once or with the next worker; one that is triggered runs all the same.
    for (const task of HOUSEKEEPING_TASKS) await server.client.schedule.getHandle(housekeepingScheduleId(task)).pause();
    return new HousekeepingWorld(db, objects, client, server, () => empty.drop());
  }

  async close(): Promise<void> {
    await this.server.close();
    this.client.destroy();
    await this.dropDatabase();
  }

  nowMs(): number {
    return Date.now() + this.aheadMs;
  }

  dependencies(): HousekeepingDependencies {
    return {
      rows: this.rows,
      videos: this.videos,
      families: this.families,
      views: this.views,
      events: new EventsRepository(this.db),
      deliveries: new DeliveriesRepository(this.db),
      eventsKeptMs: 30 * 86_400_000,
      objects: this.objects,
      uploads: this.uploads,
      isRunning: (videoId) => isVideoRunning(this.server.client, videoId),
      startFamily: (ref, owner) => startFirstJoin(this.server.client, ref, owner),
      nowMs: () => this.nowMs(),
      logger: { log: () => undefined, warn: (message: string) => this.warnings.push(message) },
    };
  }

  /** Triggers each schedule, one after the other, and resolves when all are through. */
  async runSchedules(tasks: readonly HousekeepingTask[]): Promise<void> {
    const worker = await Worker.create({
      connection: this.server.native,
      namespace: this.server.namespace,
      taskQueue: WORKFLOW_QUEUE,
      activities: housekeepingActivities(this.dependencies()),
      workflowBundle: BUILT_WORKFLOWS,
    });
    await worker.runUntil(async () => {
      for (const task of tasks) await this.trigger(task);
    });
  }

  /** A row that has been in its state since `agoMs` before the clock of housekeeping. */
  async row(
    differences: Partial<Omit<Video, JsonColumn>> & {
      agoMs?: number;
    } = {},
  ): Promise<string> {
    const { agoMs = 0, videoId = ulid(), originalS3Key = `${videoId}/original.mp4`, uploadId = null, ...rest } = differences;
    await this.videos.create(newVideo({ videoId, originalS3Key, uploadId }));
    const since = new Date(this.nowMs() - agoMs);
    const values = { workflowStartedAt: since, completedAt: since, createdAt: since, updatedAt: since, ...rest };
    await this.db.updateTable('videos').set(values).where('videoId', '=', videoId).execute();
    return videoId;
  }

  /** Starts a workflow for a video on a queue without workers: it runs until a test ends it. */
  async startWorkflow(videoId: string): Promise<void> {
    await this.server.client.workflow.start(WORKFLOW_TYPES.processVideo, {
      workflowId: processVideoWorkflowId(videoId),
      taskQueue: 'without-workers',
      args: [],
    });
  }

  async put(bucket: Bucket, key: string, body = key): Promise<void> {
    await this.objects.put(bucket, key, body, { contentType: 'text/plain' });
  }

  /** Both manifests of a generation, and a segment of it. */
  async publish(videoId: string, generation: number): Promise<void> {
    await this.put('transcoded', `${videoId}/g${generation}/h264/480p/segment_00001.m4s`);
    await this.put('transcoded', `${videoId}/manifest.m3u8`, `#EXTM3U\ng${generation}/h264/480p/playlist.m3u8\n`);
    await this.put('transcoded', `${videoId}/manifest.mpd`, `<SegmentTemplate initialization="g${generation}/h264/480p/init.mp4"/>`);
  }

  /** Hash of the content of every object, by key. */
  async contents(bucket: Bucket): Promise<Record<string, string>> {
    const { Contents = [] } = await this.client.send(new ListObjectsV2Command({ Bucket: this.objects.buckets[bucket] }));
    const entries = Contents.map(async ({ Key = '' }) => {
      const bytes = await this.objects.get(bucket, Key);
      return [Key, createHash('sha256').update(bytes!).digest('hex')] as const;
    });
    return Object.fromEntries(await Promise.all(entries));
  }

  /** Every version of every original, delete markers included. */
  async versionsOfOriginals(): Promise<string[]> {
    const page = await this.client.send(new ListObjectVersionsCommand({ Bucket: this.objects.buckets.originals }));
    const versions = (page.Versions ?? []).map(({ Key, VersionId, ETag }) => `${Key} ${VersionId} ${ETag}`);
    return [...versions, ...(page.DeleteMarkers ?? []).map(({ Key, VersionId }) => `${Key} ${VersionId} deleted`)].sort();
  }

  private async trigger(task: HousekeepingTask): Promise<void> {
    const before = (await this.rows.lastReports()).find((report) => report.task === task)?.finishedAt;
    await this.server.client.schedule.getHandle(housekeepingScheduleId(task)).trigger();
    for (;;) {
      const now = (await this.rows.lastReports()).find((report) => report.task === task)?.finishedAt;
      if (now?.getTime() !== before?.getTime()) return;
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }
}
