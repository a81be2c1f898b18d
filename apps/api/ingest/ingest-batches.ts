import { Injectable } from '@nestjs/common';
import { monotonicFactory, ulid } from 'ulid';
import { isDuplicateKey } from '../../../infra/database/database';
import { IngestLists, type BatchItem } from '../../../infra/database/ingest/ingest-lists';
import type { IngestBatchesTable } from '../../../infra/database/ingest/ingest-tables';
import { ObjectStore } from '../../../infra/object-store/object-store';
import type { Caller } from '../auth/caller.decorator';
import { pageOf } from '../http/page-of';
import { idempotencyKeyReused } from '../problems/idempotency-key';
import { Problem } from '../problems/problem';
import { failureView } from '../videos/failure-view';
import { videoIdOf } from '../videos/video-id';
import { IngestIntake } from './ingest-intake';
import { hashOf, PlanPulls, type PullRows } from './plan-pulls';
import { refusedItem } from './refused-item';
import {
  BATCH_ITEMS_MAX,
  type BatchAcceptedDto,
  type BatchQueryDto,
  type BatchReportDto,
  type CreateBatchDto,
  type CreateIngestDto,
} from './ingest-schemas';

/** Requests of a batch, and the field that they come from. */
interface BatchItems {
  items: readonly CreateIngestDto[];
  list: 'items' | 's3_prefix';
}

/** Orders of many pulls. */
@Injectable()
export class IngestBatches {
  constructor(
    private readonly plans: PlanPulls,
    private readonly intake: IngestIntake,
    private readonly lists: IngestLists,
    private readonly store: ObjectStore,
  ) {}

  /** All items or none. A repeated `idempotencyKey` with the same request gets the batch of the first call, with another one 422. */
  async create(caller: Caller, request: CreateBatchDto, idempotencyKey: string | null): Promise<BatchAcceptedDto> {
    const { creatorId } = caller;
    const requestSha256 = hashOf(request);
    const before = await this.findBefore(creatorId, idempotencyKey);
    if (before) return this.repeat(before, requestSha256);
    const { webhook_url: webhookUrl } = request;
    this.plans.refuseWebhookUrl(webhookUrl);
    const listed = request.items ?? (await this.itemsBelow(request));
    const items = webhookUrl === undefined ? listed : listed.map((item) => ({ ...item, webhook_url: webhookUrl }));
    const batch = { batchId: ulid(), creatorId, idempotencyKey, requestSha256, createdAt: new Date() };
    const planned = await this.planAll(caller, { items, list: request.items ? 'items' : 's3_prefix' }, batch.batchId);
    try {
      await this.intake.take(creatorId, planned, batch);
    } catch (error) {
      const winner = isDuplicateKey(error) ? await this.findBefore(creatorId, idempotencyKey) : null;
      if (!winner) throw error;
      return this.repeat(winner, requestSha256);
    }
    const secret = secretOf(planned);
    return { batch_id: batch.batchId, items: items.length, ...(secret ? { webhook_secret: secret } : {}) };
  }

  /** How far a batch is. Throws a 404 problem for one that the caller does not see. */
  async report(caller: Caller, batchId: string, query: BatchQueryDto): Promise<BatchReportDto> {
    const id = videoIdOf(batchId);
    const batch = id === null ? null : await this.lists.findBatch(id);
    if (!batch || (!caller.seesAllVideos && batch.creatorId !== caller.creatorId)) {
      throw new Problem(404, 'BatchNotFound', 'There is no batch with this id.');
    }
    const { limit, cursor, status } = query;
    const [counts, found] = await Promise.all([
      this.lists.countBatch(batch.batchId),
      this.lists.listBatch(batch.batchId, { limit: limit + 1, cursor, status }),
    ]);
    const { page, nextCursor } = pageOf(found, limit, ({ videoId }) => videoId);
    return {
      ...{ batch_id: batch.batchId, created_at: batch.createdAt.toISOString() },
      total: totalOf(counts),
      counts: Object.fromEntries(counts.map((one) => [one.status, one.count])),
      ...{ items: page.map(itemView), next_cursor: nextCursor },
    };
  }

  private async findBefore(creatorId: string, idempotencyKey: string | null): Promise<IngestBatchesTable | null> {
    return idempotencyKey === null ? null : this.lists.findBatchByKey(creatorId, idempotencyKey);
  }

  private async repeat({ batchId, ...batch }: IngestBatchesTable, requestSha256: string): Promise<BatchAcceptedDto> {
    if (batch.requestSha256 !== requestSha256) throw idempotencyKeyReused();
    const counts = await this.lists.countBatch(batchId);
    return { batch_id: batchId, items: totalOf(counts) };
  }

  /** Throws the problem of the first item that has one, with its place. */
  private async planAll(caller: Caller, { items, list }: BatchItems, batchId: string): Promise<PullRows[]> {
    const planned: PullRows[] = [];
    // Ids sort as the items do, also those of one millisecond.
    const nextId = monotonicFactory();
    for (const [index, item] of items.entries()) {
      try {
        planned.push(await this.plans.plan(caller, item, { batchId, videoId: nextId(), webhookSecret: secretOf(planned) }));
      } catch (error) {
        throw error instanceof Problem ? refusedItem(error, index, list) : error;
      }
    }
    return planned;
  }

  private async itemsBelow({ s3_prefix: prefix = '', bucket, options }: CreateBatchDto): Promise<CreateIngestDto[]> {
    const place = this.plans.bucketOf({ bucket, key: prefix });
    const keys = (await this.store.copies().keysBelow(place, prefix, BATCH_ITEMS_MAX)).filter((key) => !key.endsWith('/'));
    if (keys.length === 0) throw new Problem(422, 'BatchEmpty', 'There is no object below s3_prefix.');
    if (keys.length >= BATCH_ITEMS_MAX) {
      throw new Problem(
        422,
        'BatchTooLarge',
        `A batch has fewer than ${BATCH_ITEMS_MAX} objects below s3_prefix; name folders of it one by one.`,
      );
    }
    return keys.map((key) => ({ ...DEFAULTS, ...options, s3_key: key, bucket: place }));
  }
}

/** All webhooks of a batch have one URL, and the secret of the first of them. */
function secretOf([first]: readonly PullRows[]): string | undefined {
  return first?.webhook?.secret;
}

function totalOf(counts: readonly { count: number }[]): number {
  return counts.reduce((sum, { count }) => sum + count, 0);
}

/** Of items without options. */
const DEFAULTS = { content_type: '', metadata: {}, strict: false, hdr: 'keep', gpu: 'auto', playback: 'public', priority: 'low' } as const;

function itemView(item: BatchItem): BatchReportDto['items'][number] {
  const failed = { message: 'The video could not be pulled.', advice: 'Try again; if it fails again, report the video to the operator.' };
  return {
    ...{ video_id: item.videoId, status: item.status, source: item.shown },
    ...{ bytes_received: item.bytesReceived, bytes_total: item.bytesTotal },
    error: item.status === 'failed' ? failureView(item, failed) : null,
  };
}
