import { Logger } from '@nestjs/common';
import type { Client } from '@temporalio/client';
import type { HousekeepingDependencies } from '../../activities/housekeeping/housekeeping-dependencies';
import type { Database } from '../../infra/database/database';
import { HousekeepingRepository } from '../../infra/database/housekeeping-repository';
import { VideosRepository } from '../../infra/database/videos-repository';
import type { ObjectStore } from '../../infra/object-store/object-store';
import { isVideoRunning } from '../../temporal/video-runs';

/** What housekeeping stands on in this process. */
export function housekeepingDependencies(db: Database, objects: ObjectStore, temporal: Client): HousekeepingDependencies {
  return {
    rows: new HousekeepingRepository(db),
    videos: new VideosRepository(db),
    objects,
    // It signs nothing here.
    uploads: objects.uploads(),
    isRunning: (videoId) => isVideoRunning(temporal, videoId),
    nowMs: Date.now,
    logger: new Logger('housekeeping'),
  };
}
