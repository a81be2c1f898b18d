import type { Selectable, Updateable } from 'kysely';
import type { VideoEventType } from '../../temporal/contract/events';
import { database, type Database } from '../database/database';
import type { DisabledReason, WebhooksTable } from './webhook-tables';
import type { WrappedSecret } from './webhook-secrets';

export type WebhookRow = Selectable<WebhooksTable>;

/** What a caller says about a webhook. */
export interface WebhookRequest {
  url: string;
  /** Empty for all. */
  eventTypes: readonly VideoEventType[];
  description: string;
}

/** Whose webhook it is: of a creator, of one video of theirs, or of callers who see all videos. */
export interface WebhookOwner {
  creatorId: string | null;
  videoId: string | null;
}

/** Null for a caller who sees the webhooks of all creators. */
export type Viewer = string | null;

const REWRAP_PAGE = 200;

/** Reads and writes `webhooks`. What a viewer does not own does not exist for them. All methods throw `DatabaseUnavailable`. */
export class WebhooksRepository {
  constructor(private readonly db: Database) {}

  async add(webhookId: string, owner: WebhookOwner, request: WebhookRequest, secret: WrappedSecret): Promise<WebhookRow> {
    const row = newRow(webhookId, owner, request, secret);
    await database(() => this.db.insertInto('webhooks').values(row).execute());
    return row;
  }

  async find(webhookId: string, viewer: Viewer = null): Promise<WebhookRow | null> {
    const query = this.db.selectFrom('webhooks').selectAll().where('webhookId', '=', webhookId);
    const owned = viewer === null ? query : query.where('creatorId', '=', viewer);
    return (await database(() => owned.executeTakeFirst())) ?? null;
  }

  /** That of the `webhook_url` of its upload. */
  async findOfVideo(videoId: string): Promise<WebhookRow | null> {
    const query = this.db.selectFrom('webhooks').selectAll().where('videoId', '=', videoId);
    return (await database(() => query.executeTakeFirst())) ?? null;
  }

  /** Wraps secrets anew with `rewrap`, which answers null for one that needs it not; page by page. Resolves to how many it did. */
  async rewrapAll(rewrap: (webhookId: string, secret: WrappedSecret) => WrappedSecret | null): Promise<number> {
    let done = 0;
    let cursor: string | undefined;
    for (;;) {
      const page = await this.list(null, REWRAP_PAGE, cursor);
      for (const row of page) done += Number(await this.rewrapRow(row, rewrap));
      const last = page.at(-1);
      if (!last) return done;
      cursor = last.webhookId;
    }
  }

  private async rewrapRow(row: WebhookRow, rewrap: (webhookId: string, secret: WrappedSecret) => WrappedSecret | null): Promise<boolean> {
    const { webhookId, wrappedSecret, masterKeyId, wrappedOldSecret, oldMasterKeyId } = row;
    const current = rewrap(webhookId, { wrapped: wrappedSecret, masterKeyId });
    const old = wrappedOldSecret && oldMasterKeyId ? rewrap(webhookId, { wrapped: wrappedOldSecret, masterKeyId: oldMasterKeyId }) : null;
    if (!current && !old) return false;
    const values = {
      ...(current ? { wrappedSecret: current.wrapped, masterKeyId: current.masterKeyId } : {}),
      ...(old ? { wrappedOldSecret: old.wrapped, oldMasterKeyId: old.masterKeyId } : {}),
    };
    const unchanged = this.db
      .updateTable('webhooks')
      .set(values)
      .where('webhookId', '=', webhookId)
      .where('wrappedSecret', '=', wrappedSecret);
    return (await database(() => unchanged.executeTakeFirst())).numUpdatedRows > 0n;
  }

  /** Newest first. `cursor` is the id of the last one of the page before. */
  async list(viewer: Viewer, limit: number, cursor?: string): Promise<WebhookRow[]> {
    let query = this.db.selectFrom('webhooks').selectAll().orderBy('webhookId', 'desc').limit(limit);
    if (viewer !== null) query = query.where('creatorId', '=', viewer);
    if (cursor !== undefined) query = query.where('webhookId', '<', cursor);
    return database(() => query.execute());
  }

  async count(owner: WebhookOwner): Promise<number> {
    const { creatorId } = owner;
    const all = this.db.selectFrom('webhooks').where('videoId', 'is', null);
    const owned = creatorId === null ? all.where('creatorId', 'is', null) : all.where('creatorId', '=', creatorId);
    return Number((await database(() => owned.select(({ fn }) => fn.countAll<number>().as('count')).executeTakeFirstOrThrow())).count);
  }

  async change(webhookId: string, { eventTypes, ...rest }: Partial<WebhookRequest>): Promise<void> {
    const values = { ...rest, ...(eventTypes ? { eventTypes: eventTypes.join(' ') } : {}), updatedAt: new Date() };
    await this.set(webhookId, values);
  }

  async enable(webhookId: string): Promise<void> {
    const values = { disabledAt: null, disabledReason: null, failingSince: null, updatedAt: new Date() };
    await this.set(webhookId, values);
  }

  /** What waits to be sent to it is dropped. */
  async disable(webhookId: string, disabledReason: DisabledReason): Promise<void> {
    await database(() => this.db.transaction().execute((transaction) => disableIn(transaction, webhookId, disabledReason)));
  }

  /** The secret of before signs beside the new one until `oldSecretUntil`. */
  async rotate(row: WebhookRow, { wrapped, masterKeyId }: WrappedSecret, oldSecretUntil: Date): Promise<void> {
    const old = { wrappedOldSecret: row.wrappedSecret, oldMasterKeyId: row.masterKeyId, oldSecretUntil };
    const values = { wrappedSecret: wrapped, masterKeyId, ...old, updatedAt: new Date() };
    await this.set(row.webhookId, values);
  }

  private async set(webhookId: string, values: Updateable<WebhooksTable>): Promise<void> {
    await database(() => this.db.updateTable('webhooks').set(values).where('webhookId', '=', webhookId).execute());
  }

  /** With its deliveries and their log. */
  async remove(webhookId: string): Promise<void> {
    await database(() =>
      this.db.transaction().execute(async (transaction) => {
        const deliveries = transaction.selectFrom('webhookDeliveries').select('deliveryId').where('webhookId', '=', webhookId);
        await transaction.deleteFrom('webhookAttempts').where('deliveryId', 'in', deliveries).execute();
        await transaction.deleteFrom('webhookDeliveries').where('webhookId', '=', webhookId).execute();
        await transaction.deleteFrom('webhooks').where('webhookId', '=', webhookId).execute();
      }),
    );
  }
}

/** A row of a webhook that is new. */
export function newRow(
  webhookId: string,
  { creatorId, videoId }: WebhookOwner,
  { url, eventTypes, description }: WebhookRequest,
  { wrapped, masterKeyId }: WrappedSecret,
): WebhookRow {
  const now = new Date();
  return {
    ...{ webhookId, creatorId, videoId, url, eventTypes: eventTypes.join(' '), description },
    ...{ wrappedSecret: wrapped, masterKeyId, wrappedOldSecret: null, oldMasterKeyId: null, oldSecretUntil: null },
    ...{ createdAt: now, updatedAt: now, disabledAt: null, disabledReason: null, failingSince: null, lastDeliveredAt: null },
  };
}

/** Disables a webhook within a transaction, and drops what waits for it. */
export async function disableIn(transaction: Database, webhookId: string, disabledReason: DisabledReason): Promise<void> {
  const now = new Date();
  await transaction
    .updateTable('webhooks')
    .set({ disabledAt: now, disabledReason, updatedAt: now })
    .where('webhookId', '=', webhookId)
    .where('disabledAt', 'is', null)
    .execute();
  await transaction
    .updateTable('webhookDeliveries')
    .set({ status: 'dropped', endedAt: now, leasedUntil: null })
    .where('webhookId', '=', webhookId)
    .where('status', '=', 'waiting')
    .execute();
}
