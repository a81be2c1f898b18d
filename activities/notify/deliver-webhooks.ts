import { setTimeout as sleep } from 'node:timers/promises';
import { cancellationSignal, heartbeat } from '@temporalio/activity';
import { HEARTBEAT_TIMEOUT_MS } from '../../temporal/contract/policies';
import { NOTIFY_QUEUE } from '../../temporal/contract/queues';
import { MINUTE_MS } from '../../temporal/contract/units';
import type { NotifyActivities } from '../../temporal/contract/webhooks';
import { shareSlots, type Busy } from '../../workflows/planning/webhooks/share-slots';
import type { ActivityBinding } from '../activity-binding';
import type { NotifyDependencies } from './notify-dependencies';
import { sendDelivery } from './send-delivery';

/** One attempt of the activity; below its time-out, with room for the last requests. */
const RUN_MS = 10 * MINUTE_MS;
/** A look that finds nothing is one statement that indexes answer. */
const LOOK_EVERY_MS = 1_000;
const EVENTS_PER_LOOK = 100;

/** The activity of webhooks, bound to its dependencies. */
function notifyActivities(deps: NotifyDependencies): NotifyActivities {
  return {
    deliverWebhooks: async () => {
      const pulse = setInterval(() => heartbeat(), HEARTBEAT_TIMEOUT_MS / 4);
      try {
        const signal = AbortSignal.any([cancellationSignal(), deps.stopping, AbortSignal.timeout(RUN_MS)]);
        return { sent: await dispatch(deps, signal) };
      } finally {
        clearInterval(pulse);
      }
    },
  };
}

export const notifyBinding: ActivityBinding = { queue: NOTIFY_QUEUE, bind: (deps) => notifyActivities(deps.notify) };

/** Sends what is due until the signal, then waits for the requests under way. Resolves to the number of requests. Throws `DatabaseUnavailable`. */
export async function dispatch(deps: NotifyDependencies, signal: AbortSignal): Promise<number> {
  const busy = new Map<string, Busy & { done: Promise<void> }>();
  let sent = 0;
  const failures: Error[] = [];
  const begin = async (webhook: { webhookId: string; isFailing: boolean; slots: number }) => {
    for (const delivery of await deps.deliveries.due(webhook.webhookId, new Date(), webhook.slots)) {
      if (busy.has(delivery.deliveryId)) continue;
      const done = sendDelivery(deps, delivery)
        .then((isSent) => void (sent += Number(isSent)))
        .catch((error: Error) => void failures.push(error))
        .finally(() => busy.delete(delivery.deliveryId));
      busy.set(delivery.deliveryId, { ...webhook, done });
    }
  };
  try {
    while (!signal.aborted && failures.length === 0) {
      if (busy.size === 0 && !(await deps.deliveries.hasWork(new Date()))) {
        await nextLook([], signal);
        continue;
      }
      const events = await deps.deliveries.fanOut(EVENTS_PER_LOOK);
      const before = busy.size;
      for (const webhook of shareSlots(await deps.deliveries.dueWebhooks(new Date()), [...busy.values()])) await begin(webhook);
      const isQuiet = events < EVENTS_PER_LOOK && busy.size === before;
      // The end of a request may free the next event of its video.
      if (isQuiet) await nextLook([...busy.values()], signal);
    }
  } finally {
    await Promise.all([...busy.values()].map(({ done }) => done));
  }
  if (failures[0]) throw failures[0];
  return sent;
}

async function nextLook(busy: readonly { done: Promise<void> }[], signal: AbortSignal): Promise<void> {
  const woken = new AbortController();
  const pause = sleep(LOOK_EVERY_MS, undefined, { signal: AbortSignal.any([signal, woken.signal]) }).catch(() => undefined);
  await Promise.race([pause, ...busy.map(({ done }) => done)]);
  woken.abort();
}
