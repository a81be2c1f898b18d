import { ulid } from 'ulid';
import { MINUTE_MS } from '../../temporal/contract/units';
import { database, type Database } from '../database/database';
import type { NewApiKey } from './api-key';
import type { ApiKeysTable } from './api-keys-table';
import type { Scope } from './scopes';

/** Writes of the last use are at least this far apart, so that a busy key costs no write for each request. */
const LAST_USE_STEP_MS = MINUTE_MS;

export interface ApiKeyRow extends Omit<ApiKeysTable, 'scopes'> {
  scopes: Scope[];
}

/** What an operator says about a new key. */
export interface ApiKeyRequest {
  name: string;
  scopes: readonly Scope[];
  /** Null for a key that sees the videos of every creator. */
  creatorId: string | null;
  expiresAt: Date | null;
}

/** Reads and writes `api_keys`. All methods throw `DatabaseUnavailable`. */
export class ApiKeysRepository {
  constructor(private readonly db: Database) {}

  async add({ prefix, sha256 }: Pick<NewApiKey, 'prefix' | 'sha256'>, { scopes, ...request }: ApiKeyRequest): Promise<ApiKeyRow> {
    const times = { createdAt: new Date(), revokedAt: null, lastUsedAt: null };
    const row = { keyId: ulid(), prefix, secretSha256: sha256, ...request, ...times };
    await database(() =>
      this.db
        .insertInto('apiKeys')
        .values({ ...row, scopes: scopes.join(' ') })
        .execute(),
    );
    return { ...row, scopes: [...scopes] };
  }

  async findByPrefix(prefix: string): Promise<ApiKeyRow | null> {
    return toRow(await database(() => this.db.selectFrom('apiKeys').selectAll().where('prefix', '=', prefix).executeTakeFirst()));
  }

  private async find(keyId: string): Promise<ApiKeyRow | null> {
    return toRow(await database(() => this.db.selectFrom('apiKeys').selectAll().where('keyId', '=', keyId).executeTakeFirst()));
  }

  /** Newest first. `cursor` is the id of the last key of the page before. */
  async list(limit: number, cursor?: string): Promise<ApiKeyRow[]> {
    const all = this.db.selectFrom('apiKeys').selectAll().orderBy('keyId', 'desc').limit(limit);
    const query = cursor === undefined ? all : all.where('keyId', '<', cursor);
    return (await database(() => query.execute())).flatMap((row) => toRow(row) ?? []);
  }

  /** Revoking twice is the same as once. Resolves to null where there is no such key. */
  async revoke(keyId: string): Promise<ApiKeyRow | null> {
    await database(() =>
      this.db.updateTable('apiKeys').set({ revokedAt: new Date() }).where('keyId', '=', keyId).where('revokedAt', 'is', null).execute(),
    );
    return this.find(keyId);
  }

  /** Resolves to false where there is no such key. */
  async remove(keyId: string): Promise<boolean> {
    const result = await database(() => this.db.deleteFrom('apiKeys').where('keyId', '=', keyId).executeTakeFirst());
    return result.numDeletedRows > 0n;
  }

  /** Notes a use, unless one was noted within the last minute. */
  async noteUse(keyId: string): Promise<void> {
    const now = Date.now();
    const isDue = new Date(now - LAST_USE_STEP_MS);
    await database(() =>
      this.db
        .updateTable('apiKeys')
        .set({ lastUsedAt: new Date(now) })
        .where('keyId', '=', keyId)
        .where((where) => where.or([where('lastUsedAt', 'is', null), where('lastUsedAt', '<', isDue)]))
        .execute(),
    );
  }
}

function toRow(row: ApiKeysTable | undefined): ApiKeyRow | null {
  return row ? { ...row, scopes: row.scopes.split(' ') as Scope[] } : null;
}
