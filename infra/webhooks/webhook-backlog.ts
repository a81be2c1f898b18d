import { database, type Database } from '../database/database';

/** What waits to be delivered. */
export interface WebhookBacklog {
  waiting: number;
  /** Since when the one waits that has waited longest; null when there is none. */
  oldestSince: Date | null;
  disabled: number;
  /** When the oldest event happened that no dispatcher has looked at; null when there is none. */
  unreadSince: Date | null;
}

/** Counts what waits. Throws `DatabaseUnavailable`. */
export async function readBacklog(db: Database): Promise<WebhookBacklog> {
  const deliveries = db
    .selectFrom('webhookDeliveries')
    .where('status', '=', 'waiting')
    .select(({ fn }) => [fn.countAll<number>().as('count'), fn.min('createdAt').as('oldest')]);
  const webhooks = db
    .selectFrom('webhooks')
    .where('disabledReason', 'in', ['gone', 'failing'])
    .select(({ fn }) => fn.countAll<number>().as('count'));
  const unread = db.selectFrom('videoEvents').select('occurredAt').where('fannedOutAt', 'is', null).orderBy('sequence').limit(1);
  const [waiting, disabled, event] = await Promise.all([
    database(() => deliveries.executeTakeFirstOrThrow()),
    database(() => webhooks.executeTakeFirstOrThrow()),
    database(() => unread.executeTakeFirst()),
  ]);
  const counts = { waiting: Number(waiting.count), disabled: Number(disabled.count) };
  return { ...counts, oldestSince: waiting.oldest, unreadSince: event?.occurredAt ?? null };
}
