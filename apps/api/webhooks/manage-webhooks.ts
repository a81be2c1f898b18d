import { Inject, Injectable } from '@nestjs/common';
import { ulid } from 'ulid';
import { OutboundRefused } from '../../../infra/safe-fetch/outbound-rules';
import { DeliveriesRepository, type DeliveryRow } from '../../../infra/webhooks/deliveries-repository';
import { checkWebhookUrl } from '../../../infra/webhooks/post-webhook';
import { WebhookSecrets } from '../../../infra/webhooks/webhook-secrets';
import { newRow, WebhooksRepository, type WebhookRow } from '../../../infra/webhooks/webhooks-repository';
import { DAY_MS } from '../../../temporal/contract/units';
import type { ApiConfig } from '../api-settings';
import { creatorFilter, type Caller } from '../auth/caller.decorator';
import { API_CONFIG } from '../dependencies/tokens';
import { Problem } from '../problems/problem';
import { videoIdOf } from '../videos/video-id';
import type { ChangeWebhookDto, CreateWebhookDto } from './webhook-schemas';

const MOST_WEBHOOKS = 50;

/** A webhook with its secret, which is shown once. */
export interface NewWebhook {
  row: WebhookRow;
  secret: string;
}

/** Makes and changes webhooks. Those that a caller does not own do not exist for them. */
@Injectable()
export class ManageWebhooks {
  constructor(
    @Inject(API_CONFIG) private readonly config: Pick<ApiConfig, 'outbound'>,
    private readonly webhooks: WebhooksRepository,
    private readonly deliveries: DeliveriesRepository,
    private readonly secrets: WebhookSecrets,
  ) {}

  async create(caller: Caller, request: CreateWebhookDto): Promise<NewWebhook> {
    const { url, event_types: eventTypes, description } = request;
    this.refuseUrl(url);
    const owner = { creatorId: creatorFilter(caller, request.creator_id ?? undefined) ?? null, videoId: null };
    if ((await this.webhooks.count(owner)) >= MOST_WEBHOOKS) {
      throw new Problem(409, 'TooManyWebhooks', `There are ${MOST_WEBHOOKS} webhooks already; delete those that are not needed.`);
    }
    const webhookId = ulid();
    const { secret, ...wrapped } = this.secrets.create(webhookId);
    return { row: await this.webhooks.add(webhookId, owner, { url, eventTypes, description }, wrapped), secret };
  }

  list(caller: Caller, limit: number, cursor?: string): Promise<WebhookRow[]> {
    return this.webhooks.list(viewerOf(caller), limit, cursor);
  }

  /** Throws a 404 problem. */
  async find(caller: Caller, id: string): Promise<WebhookRow> {
    const webhookId = videoIdOf(id);
    const row = webhookId && (await this.webhooks.find(webhookId, viewerOf(caller)));
    if (!row) throw new Problem(404, 'WebhookNotFound', 'There is no webhook with this id; see GET /webhooks.');
    return row;
  }

  async change(caller: Caller, id: string, request: ChangeWebhookDto): Promise<WebhookRow> {
    const { webhookId, disabledAt } = await this.find(caller, id);
    const { enabled, event_types: eventTypes, url, description } = request;
    this.refuseUrl(url);
    await this.webhooks.change(webhookId, {
      ...(url === undefined ? {} : { url }),
      ...(description === undefined ? {} : { description }),
      ...(eventTypes === undefined ? {} : { eventTypes }),
    });
    if (enabled === true && disabledAt !== null) await this.webhooks.enable(webhookId);
    if (enabled === false) await this.webhooks.disable(webhookId, 'caller');
    return this.find(caller, id);
  }

  /** The secret of before signs beside the new one for a day. */
  async rotate(caller: Caller, id: string): Promise<NewWebhook> {
    const row = await this.find(caller, id);
    const { secret, ...wrapped } = this.secrets.create(row.webhookId);
    await this.webhooks.rotate(row, wrapped, new Date(Date.now() + DAY_MS));
    return { row: await this.find(caller, id), secret };
  }

  async remove(caller: Caller, id: string): Promise<void> {
    await this.webhooks.remove((await this.find(caller, id)).webhookId);
  }

  async test(caller: Caller, id: string): Promise<DeliveryRow> {
    const { webhookId } = await this.findEnabled(caller, id);
    const type = 'webhook.test';
    const body = JSON.stringify({ type, timestamp: new Date().toISOString(), data: { webhook_id: webhookId } });
    return this.deliveries.add(webhookId, { eventId: ulid(), eventType: type, videoId: null, body });
  }

  /** Sends the event of a delivery again, with its id. */
  async redeliver(caller: Caller, id: string): Promise<DeliveryRow> {
    const deliveryId = videoIdOf(id);
    const delivery = deliveryId && (await this.deliveries.find(deliveryId));
    const owned = delivery && (await this.webhooks.find(delivery.webhookId, viewerOf(caller)));
    if (!delivery || !owned) {
      throw new Problem(404, 'DeliveryNotFound', 'There is no delivery with this id; see GET /webhooks/{id}/deliveries.');
    }
    await this.findEnabled(caller, owned.webhookId);
    return this.deliveries.add(owned.webhookId, delivery);
  }

  private async findEnabled(caller: Caller, id: string): Promise<WebhookRow> {
    const row = await this.find(caller, id);
    if (row.disabledAt === null) return row;
    throw new Problem(409, 'WebhookDisabled', 'The webhook is disabled; enable it first with PATCH /webhooks/{id}.');
  }

  /**
   * The webhook of a video that is about to be made, with a secret of its own unless one is given; null for a video without a URL. Throws
   * `Failure` `KeyProviderDenied` where secrets cannot be kept.
   */
  ofVideo(video: { videoId: string; creatorId: string }, url: string | undefined, given?: string): NewWebhook | null {
    if (url === undefined) return null;
    const { videoId, creatorId } = video;
    const webhookId = ulid();
    const { secret, ...wrapped } = this.secrets.create(webhookId, given);
    return { row: newRow(webhookId, { creatorId, videoId }, { url, eventTypes: [], description: '' }, wrapped), secret };
  }

  /** Whether the upload of a video named this URL, or none. One that was changed or removed since counts as named. */
  async isOfVideo(videoId: string, url: string | undefined): Promise<boolean> {
    const row = await this.webhooks.findOfVideo(videoId);
    return row === null || row.updatedAt > row.createdAt || row.url === url;
  }

  /** Throws a 422 problem for a URL that webhooks may not have. */
  refuseUrl(url: string | undefined): void {
    if (url === undefined) return;
    try {
      checkWebhookUrl(url, this.config.outbound);
    } catch (error) {
      if (error instanceof OutboundRefused) throw new Problem(422, 'WebhookUrlRefused', error.message);
      throw error;
    }
  }
}

/** Null for callers who see the webhooks of all. */
function viewerOf({ seesAllVideos, creatorId }: Caller): string | null {
  return seesAllVideos ? null : creatorId;
}
