import type { HousekeepingDependencies } from './housekeeping/housekeeping-dependencies';
import type { IngestDependencies } from './ingest/ingest-dependencies';
import type { NotifyDependencies } from './notify/notify-dependencies';
import type { ActivityDependencies } from './task/activity-dependencies';

/** Dependencies of the activities of every queue, built once per worker process. */
export interface WorkerDependencies extends ActivityDependencies {
  housekeeping: HousekeepingDependencies;
  ingest: IngestDependencies;
  notify: NotifyDependencies;
}
