import { Logger } from '@nestjs/common';
import type { Client } from '@temporalio/client';
import type { HousekeepingDependencies } from '../../activities/housekeeping/housekeeping-dependencies';
import type { Database } from '../../infra/database/database';
import { EventsRepository } from '../../infra/database/events/events-repository';
import { HousekeepingRepository } from '../../infra/database/housekeeping-repository';
import { VideosRepository } from '../../infra/database/videos-repository';
import type { ObjectStore } from '../../infra/object-store/object-store';
import { FamiliesRepository, UNDER_WAY } from '../../infra/database/families-repository';
import { DeliveriesRepository } from '../../infra/webhooks/deliveries-repository';
import { ViewsRepository } from '../../infra/database/views-repository';
import { logVideoStatus } from '../logging/video-status-log';
import { startFirstJoin } from '../../temporal/family-commands';
import { isFamilyJoining, isVideoRunning } from '../../temporal/video-runs';

/** What housekeeping stands on in this process. */
export function housekeepingDependencies(
  { eventsKeptMs }: { eventsKeptMs: number },
  { db, objects, temporal }: { db: Database; objects: ObjectStore; temporal: Client },
): HousekeepingDependencies {
  const families = new FamiliesRepository(db);
  return {
    rows: new HousekeepingRepository(db),
    videos: new VideosRepository(db, logVideoStatus(new Logger('videos'))),
    families,
    views: new ViewsRepository(db),
    events: new EventsRepository(db),
    deliveries: new DeliveriesRepository(db),
    eventsKeptMs,
    objects,
    // It signs nothing here.
    uploads: objects.uploads(),
    isRunning: async (videoId) => (await isVideoRunning(temporal, videoId)) || (await haveFamiliesRun(families, temporal, videoId)),
    startFamily: (ref, owner) => startFirstJoin(temporal, ref, owner),
    nowMs: Date.now,
    logger: new Logger('housekeeping'),
  };
}

/** Of most videos there are none, and nothing is asked. */
async function haveFamiliesRun(families: FamiliesRepository, temporal: Client, videoId: string): Promise<boolean> {
  for (const row of await families.list(videoId)) {
    if (UNDER_WAY.includes(row.state) && (await isFamilyJoining(temporal, row))) return true;
  }
  return false;
}
