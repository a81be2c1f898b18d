import { ApplicationFailure, continueAsNew, proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { HousekeepingActivities, HousekeepingCounts, HousekeepingInput, HousekeepingRest } from '../temporal/contract/housekeeping';
import type { PolicyName } from '../temporal/contract/policies';
import { WORKFLOW_QUEUE } from '../temporal/contract/queues';
import { activityOptions } from './activity-options';
import { addPage } from './planning/housekeeping/counts';

/** Behind the bookkeeping of every video; those have the keys 1 to 4. */
const PRIORITY = { priorityKey: 5, fairnessKey: 'housekeeping' };

/** Runs one housekeeping task, page by page, and stores its report. Resolves to the counts. */
export async function housekeeping({ task, rest }: HousekeepingInput): Promise<HousekeepingCounts> {
  const { doHousekeeping } = activities('cleanUp', task);
  let soFar: HousekeepingRest = rest ?? { startedAtMs: Date.now(), cursor: null, counts: {}, examples: [] };
  do {
    const page = await doHousekeeping({ task, cursor: soFar.cursor });
    if (page.cursor !== null && page.cursor === soFar.cursor) throw ApplicationFailure.nonRetryable('the listing does not get on');
    soFar = addPage(soFar, page);
    if (soFar.cursor !== null && workflowInfo().continueAsNewSuggested) await continueAsNew<typeof housekeeping>({ task, rest: soFar });
  } while (soFar.cursor !== null);
  const { startedAtMs, counts, examples } = soFar;
  await activities('bookkeeping', 'keep the report').recordHousekeeping({ task, startedAtMs, counts, examples });
  return counts;
}

function activities(policy: PolicyName, summary: string) {
  return proxyActivities<HousekeepingActivities>({ ...activityOptions(WORKFLOW_QUEUE, policy, summary), priority: PRIORITY });
}
