import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { IdempotencyRepository } from '../../../infra/database/idempotency-repository';
import { idempotencyKeyReused } from './idempotency-key';

/** Binds an `Idempotency-Key` to the request that it first came with. */
@Injectable()
export class IdempotencyKeys {
  constructor(private readonly keys: IdempotencyRepository) {}

  /** Does nothing without a key. Throws a 422 problem when the key belongs to another request of this creator. */
  async claim(creatorId: string, key: string | null, request: { call: string; body: unknown }): Promise<void> {
    if (key === null) return;
    const requestSha256 = createHash('sha256').update(JSON.stringify(request)).digest('hex');
    if ((await this.keys.claim(creatorId, key, requestSha256)) !== requestSha256) throw idempotencyKeyReused();
  }
}
