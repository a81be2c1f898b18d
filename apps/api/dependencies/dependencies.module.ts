import { Global, Inject, Logger, Module, type DynamicModule, type OnApplicationShutdown, type Provider } from '@nestjs/common';
import type { Client } from '@temporalio/client';
import { ApiKeysRepository } from '../../../infra/api-keys/api-keys-repository';
import { PlaybackRepository } from '../../../infra/database/access/playback-repository';
import { ContentKeys } from '../../../infra/content-keys/content-keys';
import { openContentKeys } from '../../../infra/content-keys/open-content-keys';
import { createDatabase, type Database } from '../../../infra/database/database';
import { EventsRepository } from '../../../infra/database/events/events-repository';
import { FamiliesRepository } from '../../../infra/database/families-repository';
import { IdempotencyRepository } from '../../../infra/database/idempotency-repository';
import { IngestLists } from '../../../infra/database/ingest/ingest-lists';
import { IngestRepository } from '../../../infra/database/ingest/ingest-repository';
import { PicturesRepository } from '../../../infra/database/pictures/pictures-repository';
import { ProgressMarks } from '../../../infra/database/progress/progress-marks';
import { ProtectionRepository } from '../../../infra/database/protection-repository';
import { ModerationRepository } from '../../../infra/database/moderation/moderation-repository';
import { SubtitlesRepository } from '../../../infra/database/subtitles/subtitles-repository';
import { TasksRepository } from '../../../infra/database/tasks-repository';
import { UploadUsageRepository } from '../../../infra/database/access/upload-usage-repository';
import { VideoDetailsRepository } from '../../../infra/database/metadata/video-details';
import { VideoLists } from '../../../infra/database/video-lists';
import { VideosRepository } from '../../../infra/database/videos-repository';
import { ViewsRepository } from '../../../infra/database/views-repository';
import { WatermarksRepository } from '../../../infra/database/watermarks-repository';
import { WorkerEncodersRepository } from '../../../infra/database/worker-encoders-repository';
import { MultipartUploads } from '../../../infra/object-store/multipart-uploads';
import { ObjectStore } from '../../../infra/object-store/object-store';
import { createPresignClient, createS3Client } from '../../../infra/object-store/s3-client';
import { logVideoStatus } from '../../logging/video-status-log';
import { DeliveriesRepository } from '../../../infra/webhooks/deliveries-repository';
import { WebhookSecrets } from '../../../infra/webhooks/webhook-secrets';
import { WebhooksRepository } from '../../../infra/webhooks/webhooks-repository';
import { createTemporalClient } from '../../../temporal/client';
import type { ApiConfig } from '../api-settings';
import { presetTable } from '../presets/preset-table';
import { Dependencies } from './dependencies';
import { STORE_ANSWERS_WITHIN_MS } from './store-patience';
import { API_CONFIG, DATABASE, PRESET_TABLE, TEMPORAL_CLIENT } from './tokens';

/** Clients of MySQL, S3 and Temporal for all modules. None of them connects before it is used. */
@Global()
@Module({})
export class DependenciesModule implements OnApplicationShutdown {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(TEMPORAL_CLIENT) private readonly temporal: Client,
    private readonly store: ObjectStore,
  ) {}

  static forRoot(config: ApiConfig): DynamicModule {
    const providers = providersOf(config);
    return { module: DependenciesModule, providers, exports: providers };
  }

  async onApplicationShutdown(): Promise<void> {
    this.store.destroy();
    await this.database.destroy();
    await this.temporal.connection.close();
  }
}

function providersOf(config: ApiConfig): Provider[] {
  return [
    { provide: API_CONFIG, useValue: config },
    // Read before Nest makes anything: its own report of a ConfigError is a stack.
    { provide: PRESET_TABLE, useValue: presetTable(config.presets) },
    { provide: DATABASE, useFactory: () => createDatabase(config.database) },
    { provide: TEMPORAL_CLIENT, useFactory: () => createTemporalClient(config.temporal) },
    { provide: ApiKeysRepository, useFactory: (db: Database) => new ApiKeysRepository(db), inject: [DATABASE] },
    { provide: VideosRepository, useFactory: openVideos, inject: [DATABASE] },
    { provide: IdempotencyRepository, useFactory: (db: Database) => new IdempotencyRepository(db), inject: [DATABASE] },
    { provide: IngestRepository, useFactory: (db: Database) => new IngestRepository(db), inject: [DATABASE] },
    { provide: IngestLists, useFactory: (db: Database) => new IngestLists(db), inject: [DATABASE] },
    { provide: PlaybackRepository, useFactory: (db: Database) => new PlaybackRepository(db), inject: [DATABASE] },
    { provide: UploadUsageRepository, useFactory: (db: Database) => new UploadUsageRepository(db), inject: [DATABASE] },
    { provide: VideoDetailsRepository, useFactory: (db: Database) => new VideoDetailsRepository(db), inject: [DATABASE] },
    { provide: VideoLists, useFactory: (db: Database) => new VideoLists(db), inject: [DATABASE] },
    { provide: FamiliesRepository, useFactory: (db: Database) => new FamiliesRepository(db), inject: [DATABASE] },
    { provide: ModerationRepository, useFactory: (db: Database) => new ModerationRepository(db), inject: [DATABASE] },
    { provide: ViewsRepository, useFactory: (db: Database) => new ViewsRepository(db), inject: [DATABASE] },
    { provide: TasksRepository, useFactory: (db: Database) => new TasksRepository(db), inject: [DATABASE] },
    { provide: SubtitlesRepository, useFactory: (db: Database) => new SubtitlesRepository(db), inject: [DATABASE] },
    { provide: WatermarksRepository, useFactory: (db: Database) => new WatermarksRepository(db), inject: [DATABASE] },
    { provide: WorkerEncodersRepository, useFactory: (db: Database) => new WorkerEncodersRepository(db), inject: [DATABASE] },
    { provide: PicturesRepository, useFactory: (db: Database) => new PicturesRepository(db), inject: [DATABASE] },
    { provide: ProtectionRepository, useFactory: (db: Database) => new ProtectionRepository(db), inject: [DATABASE] },
    { provide: ProgressMarks, useFactory: (db: Database) => new ProgressMarks(db), inject: [DATABASE] },
    { provide: EventsRepository, useFactory: (db: Database) => new EventsRepository(db), inject: [DATABASE] },
    { provide: WebhooksRepository, useFactory: (db: Database) => new WebhooksRepository(db), inject: [DATABASE] },
    { provide: DeliveriesRepository, useFactory: (db: Database) => new DeliveriesRepository(db), inject: [DATABASE] },
    { provide: WebhookSecrets, useFactory: () => new WebhookSecrets(config.contentKeys.masterKeys) },
    { provide: ContentKeys, useFactory: (db: Database) => openKeys(db, config), inject: [DATABASE] },
    {
      provide: ObjectStore,
      useFactory: () => new ObjectStore(createS3Client(config.s3, { answerWithinMs: STORE_ANSWERS_WITHIN_MS }), config.buckets),
    },
    {
      provide: MultipartUploads,
      useFactory: (store: ObjectStore) => store.uploads(createPresignClient(config.s3, config.s3PublicEndpoint)),
      inject: [ObjectStore],
    },
    Dependencies,
  ];
}

function openVideos(db: Database): VideosRepository {
  return new VideosRepository(db, logVideoStatus(new Logger('videos')));
}

function openKeys(db: Database, config: ApiConfig): ContentKeys {
  const logger = new Logger('ContentKeys');
  return openContentKeys(db, config.contentKeys, (message) => logger.warn(message));
}
