import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { IdempotencyRepository, type RequestKey } from '../../../infra/database/idempotency-repository';
import { idempotencyKeyReused } from './idempotency-key';

/** What a key is bound to. Whatever a repeated request must not change is part of it. */
export interface KeyedRequest {
  call: string;
  body: unknown;
}

/** Binds an `Idempotency-Key` to the request that it first came with. */
@Injectable()
export class IdempotencyKeys {
  constructor(private readonly keys: IdempotencyRepository) {}

  /** Does nothing without a key. Throws a 422 problem when the key belongs to another request of this creator. */
  async claim(creatorId: string, key: string | null, request: KeyedRequest): Promise<void> {
    const wanted = requestKey(creatorId, key, request);
    if (wanted && (await this.keys.claim(wanted)) !== wanted.requestSha256) throw idempotencyKeyReused();
  }
}

/** The key with the hash of its request; null without a key. */
export function requestKey(creatorId: string, idempotencyKey: string | null, request: KeyedRequest): RequestKey | null {
  if (idempotencyKey === null) return null;
  return { creatorId, idempotencyKey, requestSha256: createHash('sha256').update(JSON.stringify(request)).digest('hex') };
}
