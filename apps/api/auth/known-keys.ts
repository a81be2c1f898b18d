import { Inject, Injectable, Logger } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { apiKeyPrefix, hashApiKey, isSameHash } from '../../../infra/api-keys/api-key';
import { ApiKeysRepository, type ApiKeyRow } from '../../../infra/api-keys/api-keys-repository';
import type { Scope } from '../../../infra/api-keys/scopes';
import { MINUTE_MS } from '../../../temporal/contract/units';
import type { ApiConfig } from '../api-settings';
import { API_CONFIG } from '../dependencies/tokens';
import { describeForLog } from '../problems/describe-error';
import { Problem } from '../problems/problem';
import type { Caller } from './caller.decorator';

/** A revocation reaches every process within this time. */
const KNOWN_FOR_MS = 3_000;
const MOST_KEYS = 10_000;
/** Owner of what callers make who belong to no creator. */
const CREATOR_OF_OPERATORS = 'local';
/** What keys of earlier installations could do, over the videos of their creator. */
const SCOPES_OF_CREATOR_KEYS: readonly Scope[] = ['videos:read', 'videos:write', 'moderate', 'operate'];

/** May do everything; of installations that ask for no keys. */
export const ANONYMOUS_CALLER: Caller = {
  creatorId: CREATOR_OF_OPERATORS,
  seesAllVideos: true,
  scopes: ['admin'],
  keyName: null,
};

/** Tells who presents a key: one of the environment, or one that is stored. */
@Injectable()
export class KnownKeys {
  private readonly logger = new Logger('KnownKeys');
  private readonly configured: { sha256: string; caller: Caller }[];
  private readonly rows = new LRUCache<string, ApiKeyRow>({ max: MOST_KEYS, ttl: KNOWN_FOR_MS });
  private readonly noted = new LRUCache<string, true>({ max: MOST_KEYS, ttl: MINUTE_MS });

  constructor(
    @Inject(API_CONFIG) { access }: Pick<ApiConfig, 'access'>,
    private readonly keys: ApiKeysRepository,
  ) {
    const admin: [string, Caller][] = access.adminKey
      ? [[access.adminKey.reveal(), { ...ANONYMOUS_CALLER, keyName: 'API_ADMIN_KEY' }]]
      : [];
    const creators = [...access.creatorKeys].map(([key, creatorId]): [string, Caller] => [
      key,
      { creatorId, seesAllVideos: false, scopes: SCOPES_OF_CREATOR_KEYS, keyName: `API_KEYS ${creatorId}` },
    ]);
    this.configured = [...admin, ...creators].map(([key, caller]) => ({ sha256: hashApiKey(key), caller }));
  }

  /** Null for a key that is unknown. Throws a 401 problem for one that has expired or was revoked, and `DatabaseUnavailable`. */
  async callerOf(key: string): Promise<Caller | null> {
    const sha256 = hashApiKey(key);
    return this.configuredCaller(sha256) ?? this.storedCaller(key, sha256);
  }

  /** Compares with every key, so that the time taken tells nothing about one. */
  private configuredCaller(sha256: string): Caller | null {
    return this.configured.filter((each) => isSameHash(each.sha256, sha256))[0]?.caller ?? null;
  }

  private async storedCaller(key: string, sha256: string): Promise<Caller | null> {
    const prefix = apiKeyPrefix(key);
    const row = prefix && (this.rows.get(sha256) ?? (await this.keys.findByPrefix(prefix)));
    if (!row || !isSameHash(row.secretSha256, sha256)) return null;
    this.rows.set(sha256, row, { noUpdateTTL: true });
    if (row.revokedAt !== null) throw keyRefused('ApiKeyRevoked', 'This API key was revoked; ask the operator for another one.');
    if (row.expiresAt !== null && row.expiresAt.getTime() <= Date.now()) {
      throw keyRefused('ApiKeyExpired', 'This API key has expired; ask the operator for another one.');
    }
    this.noteUse(row.keyId);
    const { creatorId, scopes } = row;
    return { creatorId: creatorId ?? CREATOR_OF_OPERATORS, seesAllVideos: creatorId === null, scopes, keyName: row.keyId };
  }

  /** Behind the answer: a request does not wait for it, and does not fail with it. */
  private noteUse(keyId: string): void {
    if (this.noted.has(keyId)) return;
    this.noted.set(keyId, true);
    this.keys.noteUse(keyId).catch((error: unknown) => this.logger.warn(`a last use was not noted: ${describeForLog(error)}`));
  }
}

/** 401 for a key that opens nothing (RFC 9110 11.6.1). */
export function keyRefused(code: string, sentence: string): Problem {
  return new Problem(401, code, sentence, { headers: { 'WWW-Authenticate': 'Bearer' } });
}
