import { sql, type Selectable } from 'kysely';
import { ulid } from 'ulid';
import { database, type Database } from '../database/database';
import { readBacklog, type WebhookBacklog } from './webhook-backlog';
import type { DeliveryStatus, DisabledReason, WebhookAttemptsTable, WebhookDeliveriesTable } from './webhook-tables';
import { disableIn } from './webhooks-repository';

export type DeliveryRow = Selectable<WebhookDeliveriesTable>;
export type AttemptRow = Selectable<WebhookAttemptsTable>;

/** What an attempt means for the delivery and its webhook. */
export interface AttemptVerdict {
  status: Exclude<DeliveryStatus, 'dropped'>;
  /** Of a delivery that waits on. */
  nextAttemptAt: Date;
  disable: Extract<DisabledReason, 'gone' | 'failing'> | null;
}

const MOST_WEBHOOKS = 500;

/** Reads and writes deliveries to webhooks. All methods throw `DatabaseUnavailable`. */
export class DeliveriesRepository {
  constructor(private readonly db: Database) {}

  /** Whether an event has no deliveries yet, or something is due. Costs one statement, where looking for the work costs four. */
  async hasWork(now: Date): Promise<boolean> {
    const events = this.db
      .selectFrom('videoEvents')
      .select(sql<number>`1`.as('one'))
      .where('fannedOutAt', 'is', null)
      .limit(1);
    const due = this.db
      .selectFrom('webhookDeliveries')
      .select(sql<number>`1`.as('one'))
      .where('status', '=', 'waiting')
      .where('nextAttemptAt', '<=', now)
      .where((eb) => eb.or([eb('leasedUntil', 'is', null), eb('leasedUntil', '<', now)]))
      .limit(1);
    const query = this.db.selectNoFrom((eb) => eb.or([eb.exists(events), eb.exists(due)]).as('hasWork'));
    return Boolean((await database(() => query.executeTakeFirstOrThrow())).hasWork);
  }

  /**
   * Writes the deliveries of up to `limit` events that have none yet. An event has one for each webhook at most, however often and by
   * however many processes this is called. Resolves to the number of events.
   */
  async fanOut(limit: number): Promise<number> {
    return database(() =>
      this.db.transaction().execute(async (transaction) => {
        const waiting = transaction.selectFrom('videoEvents').selectAll().where('fannedOutAt', 'is', null).orderBy('sequence').limit(limit);
        const events = await waiting.forUpdate().execute();
        const now = new Date();
        for (const event of events) {
          const webhooks = await transaction
            .selectFrom('webhooks')
            .select(['webhookId', 'eventTypes'])
            .where('disabledAt', 'is', null)
            .where('createdAt', '<=', event.occurredAt)
            .where((eb) =>
              eb.or([
                eb('videoId', '=', event.videoId),
                eb.and([eb('videoId', 'is', null), eb.or([eb('creatorId', '=', event.creatorId), eb('creatorId', 'is', null)])]),
              ]),
            )
            .execute();
          const rows = webhooks
            .filter(({ eventTypes }) => eventTypes === '' || eventTypes.split(' ').includes(event.type))
            .map(({ webhookId }) => newDelivery(webhookId, { ...event, eventType: event.type, eventSequence: event.sequence }, now));
          if (rows.length > 0) await transaction.insertInto('webhookDeliveries').values(rows).execute();
        }
        const done = events.map(({ sequence }) => sequence);
        if (done.length > 0) await transaction.updateTable('videoEvents').set({ fannedOutAt: now }).where('sequence', 'in', done).execute();
        return events.length;
      }),
    );
  }

  /** Adds a delivery that follows no order: a test, or an event that is sent again. */
  async add(webhookId: string, event: Pick<DeliveryRow, 'eventId' | 'eventType' | 'videoId' | 'body'>): Promise<DeliveryRow> {
    const row = newDelivery(webhookId, { ...event, eventSequence: null }, new Date());
    await database(() => this.db.insertInto('webhookDeliveries').values(row).execute());
    return row;
  }

  /** Webhooks that something is due for, and whether their last attempt failed. */
  async dueWebhooks(now: Date): Promise<{ webhookId: string; isFailing: boolean }[]> {
    const rows = await database(() =>
      this.db
        .selectFrom('webhookDeliveries as delivery')
        .innerJoin('webhooks as webhook', 'webhook.webhookId', 'delivery.webhookId')
        .select(['delivery.webhookId', 'webhook.failingSince'])
        .distinct()
        .where('delivery.status', '=', 'waiting')
        .where('delivery.nextAttemptAt', '<=', now)
        .where((eb) => eb.or([eb('delivery.leasedUntil', 'is', null), eb('delivery.leasedUntil', '<', now)]))
        .limit(MOST_WEBHOOKS)
        .execute(),
    );
    return rows.map(({ webhookId, failingSince }) => ({ webhookId, isFailing: failingSince !== null }));
  }

  /** Deliveries that may be sent now, oldest first: never one of a video while an earlier one of it waits for the same webhook. */
  async due(webhookId: string, now: Date, limit: number): Promise<DeliveryRow[]> {
    return database(() =>
      this.db
        .selectFrom('webhookDeliveries as delivery')
        .selectAll('delivery')
        .where('delivery.status', '=', 'waiting')
        .where('delivery.webhookId', '=', webhookId)
        .where('delivery.nextAttemptAt', '<=', now)
        .where((eb) => eb.or([eb('delivery.leasedUntil', 'is', null), eb('delivery.leasedUntil', '<', now)]))
        .where((eb) =>
          eb.not(
            eb.exists(
              eb
                .selectFrom('webhookDeliveries as earlier')
                .select(sql`1`.as('one'))
                .whereRef('earlier.webhookId', '=', 'delivery.webhookId')
                .whereRef('earlier.videoId', '=', 'delivery.videoId')
                .where('earlier.status', '=', 'waiting')
                .whereRef('earlier.eventSequence', '<', 'delivery.eventSequence'),
            ),
          ),
        )
        .orderBy('delivery.nextAttemptAt')
        .orderBy('delivery.eventSequence')
        .limit(limit)
        .execute(),
    );
  }

  /** Takes a delivery until `until`. Resolves to false where another process has it, or it has ended. */
  async lease({ deliveryId }: Pick<DeliveryRow, 'deliveryId'>, now: Date, until: Date): Promise<boolean> {
    const result = await database(() =>
      this.db
        .updateTable('webhookDeliveries')
        .set({ leasedUntil: until })
        .where('deliveryId', '=', deliveryId)
        .where('status', '=', 'waiting')
        .where((eb) => eb.or([eb('leasedUntil', 'is', null), eb('leasedUntil', '<', now)]))
        .executeTakeFirst(),
    );
    return result.numUpdatedRows > 0n;
  }

  /** Writes an attempt to the log with what it means. Changes nothing for a delivery that has ended meanwhile. */
  async record(delivery: DeliveryRow, attempt: Omit<AttemptRow, 'deliveryId' | 'attempt'>, verdict: AttemptVerdict): Promise<void> {
    const { deliveryId, webhookId } = delivery;
    const { status, nextAttemptAt, disable } = verdict;
    const number = delivery.attempts + 1;
    const now = new Date();
    await database(() =>
      this.db.transaction().execute(async (transaction) => {
        const result = await transaction
          .updateTable('webhookDeliveries')
          .set({ status, attempts: number, nextAttemptAt, leasedUntil: null, endedAt: status === 'waiting' ? null : now })
          .where('deliveryId', '=', deliveryId)
          .where('status', '=', 'waiting')
          .where('attempts', '=', delivery.attempts)
          .executeTakeFirst();
        if (result.numUpdatedRows === 0n) return;
        await transaction
          .insertInto('webhookAttempts')
          .values({ deliveryId, attempt: number, ...attempt })
          .execute();
        const since =
          status === 'delivered'
            ? { failingSince: null, lastDeliveredAt: now }
            : { failingSince: sql<Date>`coalesce(failing_since, ${now})` };
        await transaction.updateTable('webhooks').set(since).where('webhookId', '=', webhookId).execute();
        if (disable) await disableIn(transaction, webhookId, disable);
      }),
    );
  }

  /** Ends a delivery whose webhook is gone or disabled. */
  async drop({ deliveryId }: Pick<DeliveryRow, 'deliveryId'>): Promise<void> {
    const values = { status: 'dropped', endedAt: new Date(), leasedUntil: null } as const;
    await database(() =>
      this.db.updateTable('webhookDeliveries').set(values).where('deliveryId', '=', deliveryId).where('status', '=', 'waiting').execute(),
    );
  }

  async find(deliveryId: string): Promise<DeliveryRow | null> {
    const query = this.db.selectFrom('webhookDeliveries').selectAll().where('deliveryId', '=', deliveryId);
    return (await database(() => query.executeTakeFirst())) ?? null;
  }

  /** Of one webhook, newest first. `cursor` is the id of the last one of the page before. */
  async list(webhookId: string, limit: number, cursor?: string): Promise<DeliveryRow[]> {
    const all = this.db
      .selectFrom('webhookDeliveries')
      .selectAll()
      .where('webhookId', '=', webhookId)
      .orderBy('deliveryId', 'desc')
      .limit(limit);
    return database(() => (cursor === undefined ? all : all.where('deliveryId', '<', cursor)).execute());
  }

  /** The log of these deliveries, in the order of attempts. */
  async attempts(deliveryIds: readonly string[]): Promise<AttemptRow[]> {
    if (deliveryIds.length === 0) return [];
    const rows = this.db
      .selectFrom('webhookAttempts')
      .selectAll()
      .where('deliveryId', 'in', [...deliveryIds]);
    return database(() => rows.orderBy('deliveryId').orderBy('attempt').execute());
  }

  backlog(): Promise<WebhookBacklog> {
    return readBacklog(this.db);
  }

  /** Deletes up to `limit` deliveries that ended before a time, with their log. Resolves to their number. */
  async removeEnded(before: Date, limit: number): Promise<number> {
    return database(async () => {
      const found = await this.db.selectFrom('webhookDeliveries').select('deliveryId').where('endedAt', '<', before).limit(limit).execute();
      const ids = found.map(({ deliveryId }) => deliveryId);
      if (ids.length === 0) return 0;
      await this.db.deleteFrom('webhookAttempts').where('deliveryId', 'in', ids).execute();
      await this.db.deleteFrom('webhookDeliveries').where('deliveryId', 'in', ids).execute();
      return ids.length;
    });
  }
}

function newDelivery(
  webhookId: string,
  { eventId, eventType, eventSequence, videoId, body }: Pick<DeliveryRow, 'eventId' | 'eventType' | 'eventSequence' | 'videoId' | 'body'>,
  now: Date,
): DeliveryRow {
  return {
    ...{ deliveryId: ulid(), webhookId, eventId, eventType, eventSequence, videoId, body },
    ...{ status: 'waiting', attempts: 0, nextAttemptAt: now, leasedUntil: null, createdAt: now, endedAt: null },
  };
}
