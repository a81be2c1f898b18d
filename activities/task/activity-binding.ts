import { cancellationDetails, cancellationSignal, heartbeat } from '@temporalio/activity';
import type { PipelineActivities } from '../../temporal/contract/activities';
import type { HousekeepingActivities } from '../../temporal/contract/housekeeping';
import type { Queue } from '../../temporal/contract/queues';
import type { WorkerDependencies } from './activity-dependencies';
import { workerShutdownFailure } from './activity-failure';

/** The activities of one folder, and the queue on which workers offer them. */
export interface ActivityBinding {
  queue: Queue;
  bind(deps: WorkerDependencies): Partial<PipelineActivities & HousekeepingActivities>;
}

/** Called between two parts of a long listing: reports that it goes on, and throws when it has to end. */
export function beat(): void {
  heartbeat();
  if (!cancellationSignal().aborted) return;
  throw cancellationDetails()?.workerShutdown ? workerShutdownFailure() : cancellationSignal().reason;
}
