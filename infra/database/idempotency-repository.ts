import { sql } from 'kysely';
import { DAY_MS } from '../../temporal/contract/units';
import { database, type Database } from './database';

const KEPT_MS = 7 * DAY_MS;
/** A claim removes a few old keys, so that they never pile up. */
const REMOVED_AT_ONCE = 10;

/** Remembers for a week which request each `Idempotency-Key` came with. All methods throw `DatabaseUnavailable`. */
export class IdempotencyRepository {
  constructor(private readonly db: Database) {}

  /** Binds the key to the request unless it is bound. Resolves to the hash of the request that it belongs to. */
  async claim(creatorId: string, idempotencyKey: string, requestSha256: string): Promise<string> {
    await database(() =>
      this.db
        .insertInto('idempotencyKeys')
        .values({ creatorId, idempotencyKey, requestSha256, createdAt: new Date() })
        .onDuplicateKeyUpdate({ creatorId: sql`creator_id` })
        .execute(),
    );
    const before = new Date(Date.now() - KEPT_MS);
    await database(() => this.db.deleteFrom('idempotencyKeys').where('createdAt', '<', before).limit(REMOVED_AT_ONCE).execute());
    const row = await database(() =>
      this.db
        .selectFrom('idempotencyKeys')
        .select('requestSha256')
        .where('creatorId', '=', creatorId)
        .where('idempotencyKey', '=', idempotencyKey)
        .executeTakeFirst(),
    );
    return row?.requestSha256 ?? requestSha256;
  }
}
