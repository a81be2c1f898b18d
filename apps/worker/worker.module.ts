import { type DynamicModule, Inject, Logger, Module, type OnApplicationShutdown } from '@nestjs/common';
import type { S3Client } from '@aws-sdk/client-s3';
import type { Client } from '@temporalio/client';
import type { ActivityDependencies, WorkerDependencies } from '../../activities/task/activity-dependencies';
import { runTool } from '../../activities/media-tools/run-tool';
import { ScratchRoom } from '../../activities/scratch/scratch-room';
import { createDatabase, type Database } from '../../infra/database/database';
import { TasksRepository } from '../../infra/database/tasks-repository';
import { VideosRepository } from '../../infra/database/videos-repository';
import { ObjectStore } from '../../infra/object-store/object-store';
import { createS3Client } from '../../infra/object-store/s3-client';
import { SourceGateway } from '../../infra/object-store/gateway/source-gateway';
import { createTemporalClient } from '../../temporal/client';
import { countTranscodeSlots } from '../../temporal/queue-state';
import type { WorkerConfig } from '../config';
import { housekeepingDependencies } from './housekeeping-dependencies';
import { workerFitness, type WorkerFitness } from './worker-fitness';

export const DATABASE = Symbol('database');
export const S3 = Symbol('s3');
export const TEMPORAL = Symbol('temporal');
export const SOURCES = Symbol('source gateway');
export const FITNESS = Symbol('fitness of this worker');
export const DEPENDENCIES = Symbol('activity dependencies');

/** Builds what activities stand on and closes it again; connections are made when first used. */
@Module({})
export class WorkerModule implements OnApplicationShutdown {
  constructor(
    @Inject(DATABASE) private readonly db: Database,
    @Inject(S3) private readonly s3: S3Client,
    @Inject(TEMPORAL) private readonly temporal: Client,
    @Inject(SOURCES) private readonly sources: SourceGateway,
  ) {}

  static with(config: WorkerConfig, { scratchRoot, toolGroups }: Pick<ActivityDependencies, 'scratchRoot' | 'toolGroups'>): DynamicModule {
    return {
      module: WorkerModule,
      providers: [
        { provide: DATABASE, useFactory: () => createDatabase(config.database) },
        { provide: S3, useFactory: () => createS3Client(config.s3) },
        { provide: TEMPORAL, useFactory: () => createTemporalClient(config.temporal) },
        { provide: ObjectStore, useFactory: (s3: S3Client) => new ObjectStore(s3, config.buckets), inject: [S3] },
        { provide: SOURCES, useFactory: startGateway, inject: [ObjectStore] },
        {
          provide: FITNESS,
          useFactory: (db: Database, objects: ObjectStore, temporal: Client) =>
            workerFitness(config, scratchRoot, { db, objects, temporal }),
          inject: [DATABASE, ObjectStore, TEMPORAL],
        },
        {
          provide: DEPENDENCIES,
          useFactory: (...held: Held): WorkerDependencies => ({ ...dependenciesOf(config, held), scratchRoot, toolGroups }),
          inject: [DATABASE, ObjectStore, SOURCES, TEMPORAL, FITNESS],
        },
      ],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.sources.stop();
    await this.temporal.connection.close();
    await this.db.destroy();
    this.s3.destroy();
  }
}

async function startGateway(objects: ObjectStore): Promise<SourceGateway> {
  const gateway = new SourceGateway(objects);
  await gateway.start();
  return gateway;
}

type Held = [db: Database, objects: ObjectStore, sources: SourceGateway, temporal: Client, fitness: WorkerFitness];

function dependenciesOf(
  config: WorkerConfig,
  [db, objects, sources, temporal, { monitor }]: Held,
): Omit<WorkerDependencies, 'scratchRoot' | 'toolGroups'> {
  return {
    objects,
    sources,
    videos: new VideosRepository(db),
    tasks: new TasksRepository(db),
    tools: config.tools,
    runTool,
    sourceLimits: config.sourceLimits,
    scratchRoom: new ScratchRoom(config.scratchDir),
    workerId: monitor.me.id,
    fitness: monitor,
    countTranscodeSlots: async () => Math.max(config.expectedTranscodeSlots, await countTranscodeSlots(temporal, 'transcode-cpu')),
    logger: new Logger('activities'),
    housekeeping: housekeepingDependencies(db, objects, temporal),
  };
}
