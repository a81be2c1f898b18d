import type { ContentKeys } from '../infra/content-keys/content-keys';
import type { HousekeepingDependencies } from './housekeeping/housekeeping-dependencies';
import type { ActivityDependencies } from './task/activity-dependencies';

/** Dependencies of the activities of every queue, built once per worker process. */
export interface WorkerDependencies extends ActivityDependencies {
  housekeeping: HousekeepingDependencies;
  /** Of videos whose streams are encrypted; looked up where they are used. */
  keys: ContentKeys;
}

/** Dependencies of activities that encrypt. */
export type DrmDependencies = ActivityDependencies & Pick<WorkerDependencies, 'keys'>;
