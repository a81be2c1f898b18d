import { WORKFLOW_QUEUE } from '../../temporal/contract/queues';
import { cancellationSignal, heartbeat } from '@temporalio/activity';
import type { HousekeepingActivities, HousekeepingTask } from '../../temporal/contract/housekeeping';
import { HEARTBEAT_TIMEOUT_MS } from '../../temporal/contract/policies';
import type { ActivityBinding } from '../activity-binding';
import { abandonedUploads } from './abandoned-uploads';
import { codecTiers } from './codec-tiers';
import { driftReport } from './drift-report';
import type { HousekeepingDependencies, HousekeepingWork } from './housekeeping-dependencies';
import { oldGenerations } from './old-generations';
import { oldEvents } from './old-events';
import { oldViews } from './old-views';
import { stuckRuns } from './stuck-runs';
import { temporaryObjects } from './temporary-objects';

export const HOUSEKEEPING_WORK: Record<HousekeepingTask, HousekeepingWork> = {
  'abandoned-uploads': abandonedUploads,
  'temporary-objects': temporaryObjects,
  'codec-tiers': codecTiers,
  'old-views': oldViews,
  'old-events': oldEvents,
  'old-generations': oldGenerations,
  'stuck-runs': stuckRuns,
  'drift-report': driftReport,
};

/** The activities of housekeeping, bound to their dependencies. Both can be repeated. */
export function housekeepingActivities(deps: HousekeepingDependencies): HousekeepingActivities {
  return {
    doHousekeeping: async ({ task, cursor }) => {
      const pulse = setInterval(() => heartbeat(), HEARTBEAT_TIMEOUT_MS / 4);
      try {
        return await HOUSEKEEPING_WORK[task](deps, { cursor, signal: cancellationSignal() });
      } finally {
        clearInterval(pulse);
      }
    },
    recordHousekeeping: async (report) => {
      await deps.rows.saveReport(report);
      deps.logger.log(`housekeeping: ${report.task} is done: ${JSON.stringify(report.counts)}`);
    },
  };
}

export const housekeepingBinding: ActivityBinding = { queue: WORKFLOW_QUEUE, bind: (deps) => housekeepingActivities(deps.housekeeping) };
