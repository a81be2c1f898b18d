import { Injectable } from '@nestjs/common';
import { IngestRepository } from '../../../infra/database/ingest/ingest-repository';
import type { IngestBatchesTable } from '../../../infra/database/ingest/ingest-tables';
import { UploadLimits } from '../limits/upload-limits';
import { IngestStarter } from './ingest-starter';
import type { PullRows } from './plan-pulls';

/** Stores pulls that may begin. */
@Injectable()
export class IngestIntake {
  constructor(
    private readonly rows: IngestRepository,
    private readonly limits: UploadLimits,
    private readonly starter: IngestStarter,
  ) {}

  /** All or none. Throws a 429 problem, and a duplicate key error for an idempotency key that is taken. */
  async take(creatorId: string, pulls: readonly PullRows[], batch?: IngestBatchesTable): Promise<void> {
    await this.limits.refuseTooMany(creatorId, 0, pulls.length);
    const [videos, sources] = [pulls.map(({ video }) => video), pulls.map(({ source }) => source)];
    const webhooks = pulls.flatMap(({ webhook }) => (webhook ? [webhook.row] : []));
    await this.rows.create({ videos, sources, webhooks, batch });
    await this.starter.turn();
  }
}
