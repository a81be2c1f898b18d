import { continueAsNew, proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { NotifyActivities } from '../../temporal/contract/webhooks';
import { NOTIFY_QUEUE } from '../../temporal/contract/queues';
import { activityOptions } from '../activity-options';

/** Keeps one dispatcher of webhooks at work. It never ends by itself; a schedule starts it where there is none. */
export async function deliverWebhooks(): Promise<void> {
  const activities = proxyActivities<NotifyActivities>(activityOptions(NOTIFY_QUEUE, 'dispatch', 'deliver events'));
  do await activities.deliverWebhooks();
  while (!workflowInfo().continueAsNewSuggested && workflowInfo().historyLength < MOST_EVENTS);
  await continueAsNew<typeof deliverWebhooks>();
}

const MOST_EVENTS = 500;
