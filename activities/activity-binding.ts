import type { PipelineActivities } from '../temporal/contract/activities';
import type { HousekeepingActivities } from '../temporal/contract/housekeeping';
import type { NotifyActivities } from '../temporal/contract/webhooks';
import type { Queue } from '../temporal/contract/queues';
import type { WorkerDependencies } from './worker-dependencies';

/** The activities of one folder, and the queue on which workers offer them. */
export interface ActivityBinding {
  queue: Queue;
  bind(deps: WorkerDependencies): Partial<PipelineActivities & HousekeepingActivities & NotifyActivities>;
}
