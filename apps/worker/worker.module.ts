import { type DynamicModule, Inject, Logger, Module, type OnApplicationShutdown } from '@nestjs/common';
import type { Client } from '@temporalio/client';
import type { ActivityDependencies } from '../../activities/task/activity-dependencies';
import type { WorkerDependencies } from '../../activities/worker-dependencies';
import { runTool } from '../../activities/media-tools/run-tool';
import { OpenNsfwScorer } from '../../activities/scoring/open-nsfw';
import { openSpeechEngine } from '../../activities/speech-engines/open-speech-engine';
import { ScratchRoom } from '../../activities/scratch/scratch-room';
import { openContentKeys } from '../../infra/content-keys/open-content-keys';
import { createDatabase, type Database } from '../../infra/database/database';
import { IngestRepository } from '../../infra/database/ingest/ingest-repository';
import { FamiliesRepository } from '../../infra/database/families-repository';
import { PicturesRepository } from '../../infra/database/pictures/pictures-repository';
import { ProtectionRepository } from '../../infra/database/protection-repository';
import { ModerationRepository } from '../../infra/database/moderation/moderation-repository';
import { SubtitlesRepository } from '../../infra/database/subtitles/subtitles-repository';
import { TasksRepository } from '../../infra/database/tasks-repository';
import { VideosRepository } from '../../infra/database/videos-repository';
import { WorkerEncodersRepository } from '../../infra/database/worker-encoders-repository';
import { ObjectStore } from '../../infra/object-store/object-store';
import { SafeFetch } from '../../infra/safe-fetch/safe-fetch';
import { createS3Client } from '../../infra/object-store/s3-client';
import { SourceGateway } from '../../infra/object-store/gateway/source-gateway';
import { createTemporalClient } from '../../temporal/client';
import { logVideoStatus } from '../logging/video-status-log';
import { GPU_QUEUE } from '../../temporal/contract/queues';
import { countTranscodeSlots, servingWorkers } from '../../temporal/queue-state';
import { bringTasksForward } from '../../temporal/segment-wishes';
import type { WorkerConfig } from './worker-settings';
import type { TaskMetrics } from './metrics/task-metrics';
import { logTaskEnd } from './log-task-end';
import { housekeepingDependencies } from './housekeeping-dependencies';
import { notifyDependencies } from './notify-dependencies';
import { WebhookPost } from '../../infra/webhooks/post-webhook';
import { workerFitness, type WorkerFitness } from './worker-fitness';

/** Patience with a source: silence on a connection, and requests for each part before the attempt ends. */
const PULL_LIMITS = { idleTimeoutMs: 60_000, requestsPerPart: 6 };

const DATABASE = Symbol('database');
export const TEMPORAL = Symbol('temporal');
const SOURCES = Symbol('source gateway');
export const FITNESS = Symbol('fitness of this worker');
export const DEPENDENCIES = Symbol('activity dependencies');

/** Builds what activities stand on and closes it again; connections are made when first used. */
@Module({})
export class WorkerModule implements OnApplicationShutdown {
  @Inject() private readonly posts!: WebhookPost;

  constructor(
    @Inject(DATABASE) private readonly db: Database,
    private readonly objects: ObjectStore,
    @Inject(TEMPORAL) private readonly temporal: Client,
    @Inject(SOURCES) private readonly sources: Sources,
  ) {}

  static with(
    config: WorkerConfig,
    { metrics, stopping, ...process }: Pick<ActivityDependencies, 'scratchRoot' | 'toolGroups'> & ProcessState,
  ): DynamicModule {
    return {
      module: WorkerModule,
      providers: [
        { provide: DATABASE, useFactory: () => createDatabase(config.database) },
        { provide: TEMPORAL, useFactory: () => createTemporalClient(config.temporal) },
        { provide: ObjectStore, useFactory: () => new ObjectStore(createS3Client(config.s3), config.buckets) },
        { provide: SOURCES, useFactory: (objects: ObjectStore) => openSources(objects, config), inject: [ObjectStore] },
        { provide: WebhookPost, useFactory: () => new WebhookPost(config.outbound) },
        {
          provide: FITNESS,
          useFactory: (db: Database, objects: ObjectStore, temporal: Client) =>
            workerFitness(config, process.scratchRoot, { db, objects, temporal }),
          inject: [DATABASE, ObjectStore, TEMPORAL],
        },
        {
          provide: DEPENDENCIES,
          useFactory: (posts: WebhookPost, ...held: Held): WorkerDependencies => ({
            ...{ ...dependenciesOf(config, held), ...process, ...observers(metrics) },
            notify: notifyDependencies(config, held[0], { posts, stopping, metrics }),
          }),
          inject: [WebhookPost, DATABASE, ObjectStore, SOURCES, TEMPORAL, FITNESS],
        },
      ],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.sources.gateway.stop();
    await this.sources.http.close();
    await this.posts.close();
    await this.temporal.connection.close();
    await this.db.destroy();
    this.objects.destroy();
  }
}

interface ProcessState {
  /** Aborted when the process is told to stop. */
  stopping: AbortSignal;
  metrics: TaskMetrics;
}

/** Originals that are stored, and those that are still to be pulled. */
interface Sources {
  gateway: SourceGateway;
  http: SafeFetch;
}

async function openSources(objects: ObjectStore, { outbound }: WorkerConfig): Promise<Sources> {
  const gateway = new SourceGateway(objects);
  await gateway.start();
  return { gateway, http: new SafeFetch(outbound) };
}

/** Every end of a task has a line in the log, and is counted. */
function observers(metrics: TaskMetrics): Pick<WorkerDependencies, 'taskEnded' | 'qualityMeasured'> {
  const logger = new Logger('tasks');
  return {
    taskEnded: (end) => {
      logTaskEnd(logger, end);
      metrics.taskEnded(end);
    },
    qualityMeasured: (report) => metrics.qualityMeasured(report),
  };
}

type Held = [db: Database, objects: ObjectStore, sources: Sources, temporal: Client, fitness: WorkerFitness];

function dependenciesOf(
  config: WorkerConfig,
  [db, objects, sources, temporal, { monitor }]: Held,
): Omit<WorkerDependencies, 'scratchRoot' | 'toolGroups' | 'notify'> {
  const encoders = new WorkerEncodersRepository(db);
  const logger = new Logger('activities');
  return {
    objects,
    sources: sources.gateway,
    videos: new VideosRepository(db, logVideoStatus(new Logger('videos'))),
    tasks: new TasksRepository(db),
    families: new FamiliesRepository(db),
    protections: new ProtectionRepository(db),
    pictures: new PicturesRepository(db),
    subtitles: new SubtitlesRepository(db),
    moderation: new ModerationRepository(db),
    tools: config.tools,
    runTool,
    frameScorer: new OpenNsfwScorer(config.moderationModelPath),
    speechEngine: openSpeechEngine(config.speech),
    clearPictureMaxHeight: config.clearPictureMaxHeight,
    sourceLimits: config.sourceLimits,
    scratchRoom: new ScratchRoom(config.scratchDir),
    workerId: monitor.me.id,
    fitness: monitor,
    countTranscodeSlots: async () => Math.max(config.expectedTranscodeSlots, await countTranscodeSlots(temporal, 'transcode-cpu')),
    bringTasksForward: (execution, activityIds) => bringTasksForward(temporal, execution, activityIds),
    gpuWorkers: async () => [...(await encoders.of(await servingWorkers(temporal, GPU_QUEUE))).values()],
    logger,
    contentKeys: openContentKeys(db, config.contentKeys, (message) => logger.warn(message)),
    housekeeping: housekeepingDependencies(config, { db, objects, temporal }),
    ingest: {
      rows: new IngestRepository(db),
      // It signs nothing here.
      uploads: objects.uploads(),
      http: sources.http,
      maxSizeBytes: config.sourceLimits.sizeBytes,
      ...PULL_LIMITS,
    },
  };
}
