import { DAY_MS } from '../../temporal/contract/units';
import { database, isDuplicateKey, type Database } from './database';

const KEPT_MS = 7 * DAY_MS;
/** A claim removes a few old keys, so that they never pile up. */
const REMOVED_AT_ONCE = 10;

/** An `Idempotency-Key` of a creator, and the hash of the request that it came with. */
export interface RequestKey {
  creatorId: string;
  idempotencyKey: string;
  requestSha256: string;
}

/** Remembers for a week which request each `Idempotency-Key` came with. All methods throw `DatabaseUnavailable`. */
export class IdempotencyRepository {
  constructor(private readonly db: Database) {}

  /** Binds the key to the request unless it is bound. Resolves to the hash of the request that it belongs to. */
  async claim(key: RequestKey): Promise<string> {
    const { requestSha256 } = await database(() => bindKey(this.db, key));
    await removeOldKeys(this.db);
    return requestSha256;
  }
}

/**
 * Binds a key to its request, alone or in a transaction with what the request changes. Resolves to the hash of the request that it belongs
 * to, and whether this call bound it. Waits for a transaction that binds the same key.
 */
export async function bindKey(db: Database, key: RequestKey): Promise<{ isNew: boolean; requestSha256: string }> {
  const { creatorId, idempotencyKey, requestSha256 } = key;
  try {
    await db
      .insertInto('idempotencyKeys')
      .values({ ...key, createdAt: new Date() })
      .execute();
    return { isNew: true, requestSha256 };
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
  const row = await db
    .selectFrom('idempotencyKeys')
    .select('requestSha256')
    .where('creatorId', '=', creatorId)
    .where('idempotencyKey', '=', idempotencyKey)
    .executeTakeFirst();
  return { isNew: false, requestSha256: row?.requestSha256 ?? requestSha256 };
}

/** Forgets some of the keys that are over. Throws `DatabaseUnavailable`. */
export async function removeOldKeys(db: Database): Promise<void> {
  const before = new Date(Date.now() - KEPT_MS);
  await database(() => db.deleteFrom('idempotencyKeys').where('createdAt', '<', before).limit(REMOVED_AT_ONCE).execute());
}
