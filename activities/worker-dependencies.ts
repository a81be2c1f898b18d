import type { HousekeepingDependencies } from './housekeeping/housekeeping-dependencies';
import type { ActivityDependencies } from './task/activity-dependencies';

/** What a worker process builds: the activities of every queue stand on it. */
export interface WorkerDependencies extends ActivityDependencies {
  housekeeping: HousekeepingDependencies;
}
