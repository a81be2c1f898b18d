import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { DeliveriesRepository } from '../../../infra/webhooks/deliveries-repository';
import { API_PREFIX } from '../api-prefix';
import { CallerParam, type Caller } from '../auth/caller.decorator';
import { RequireScope } from '../auth/scope.decorator';
import { pageOf } from '../http/page-of';
import { Refuses } from '../open-api/refuses.decorator';
import { ManageWebhooks } from './manage-webhooks';
import {
  ChangeWebhookDto,
  CreateWebhookDto,
  DeliveryDto,
  DeliveryPageDto,
  ListWebhooksDto,
  WebhookDto,
  WebhookPageDto,
  WebhookWithSecretDto,
} from './webhook-schemas';
import { attemptView, deliveryView, webhookView } from './webhook-views';

/** Where events of videos are sent, as Standard Webhooks. */
@ApiTags('webhooks')
@Controller(`${API_PREFIX}/webhooks`)
export class WebhooksController {
  constructor(
    private readonly webhooks: ManageWebhooks,
    private readonly deliveries: DeliveriesRepository,
  ) {}

  @Post()
  @RequireScope('videos:write')
  @Refuses({ 409: 'There are too many webhooks', 502: 'The service has no key that wraps secrets' })
  @ApiOperation({ operationId: 'createWebhook', summary: 'Make a webhook; the answer is the only place that shows its secret' })
  @ZodResponse({ status: 201, type: WebhookWithSecretDto })
  async create(@CallerParam() caller: Caller, @Body() request: CreateWebhookDto): Promise<WebhookWithSecretDto> {
    const { row, secret } = await this.webhooks.create(caller, request);
    return { ...webhookView(row), secret };
  }

  @Get()
  @RequireScope('videos:read')
  @ApiOperation({ operationId: 'listWebhooks', summary: 'Webhooks, newest first, those of single videos among them' })
  @ZodResponse({ status: 200, type: WebhookPageDto })
  async list(@CallerParam() caller: Caller, @Query() { limit, cursor }: ListWebhooksDto): Promise<WebhookPageDto> {
    const { page, nextCursor } = pageOf(await this.webhooks.list(caller, limit + 1, cursor), limit, ({ webhookId }) => webhookId);
    return { webhooks: page.map(webhookView), next_cursor: nextCursor };
  }

  @Get(':id')
  @RequireScope('videos:read')
  @ApiOperation({ operationId: 'getWebhook', summary: 'One webhook' })
  @ZodResponse({ status: 200, type: WebhookDto })
  async get(@CallerParam() caller: Caller, @Param('id') id: string): Promise<WebhookDto> {
    return webhookView(await this.webhooks.find(caller, id));
  }

  @Patch(':id')
  @RequireScope('videos:write')
  @ApiOperation({ operationId: 'changeWebhook', summary: 'Change a webhook, or disable and enable it' })
  @ZodResponse({ status: 200, type: WebhookDto })
  async change(@CallerParam() caller: Caller, @Param('id') id: string, @Body() request: ChangeWebhookDto): Promise<WebhookDto> {
    return webhookView(await this.webhooks.change(caller, id, request));
  }

  @Delete(':id')
  @HttpCode(204)
  @RequireScope('videos:write')
  @ApiOperation({ operationId: 'deleteWebhook', summary: 'Remove a webhook with its deliveries; what waits is not sent' })
  async remove(@CallerParam() caller: Caller, @Param('id') id: string): Promise<void> {
    await this.webhooks.remove(caller, id);
  }

  @Post(':id/rotate')
  @HttpCode(200)
  @RequireScope('videos:write')
  @Refuses({ 502: 'The service has no key that wraps secrets' })
  @ApiOperation({
    operationId: 'rotateWebhookSecret',
    summary: 'Make a new secret; requests have a signature of the one before, too, for a day',
  })
  @ZodResponse({ status: 200, type: WebhookWithSecretDto })
  async rotate(@CallerParam() caller: Caller, @Param('id') id: string): Promise<WebhookWithSecretDto> {
    const { row, secret } = await this.webhooks.rotate(caller, id);
    return { ...webhookView(row), secret };
  }

  @Post(':id/test')
  @HttpCode(202)
  @RequireScope('videos:write')
  @Refuses({ 409: 'The webhook is disabled' })
  @ApiOperation({ operationId: 'testWebhook', summary: 'Send an event webhook.test' })
  @ZodResponse({ status: 202, type: DeliveryDto })
  async test(@CallerParam() caller: Caller, @Param('id') id: string): Promise<DeliveryDto> {
    return deliveryView(await this.webhooks.test(caller, id));
  }

  @Get(':id/deliveries')
  @RequireScope('videos:read')
  @ApiOperation({ operationId: 'listWebhookDeliveries', summary: 'Deliveries of a webhook with the log of their attempts, newest first' })
  @ZodResponse({ status: 200, type: DeliveryPageDto })
  async listDeliveries(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @Query() { limit, cursor }: ListWebhooksDto,
  ): Promise<DeliveryPageDto> {
    const { webhookId } = await this.webhooks.find(caller, id);
    const found = await this.deliveries.list(webhookId, limit + 1, cursor);
    const { page, nextCursor } = pageOf(found, limit, ({ deliveryId }) => deliveryId);
    const attempts = await this.deliveries.attempts(page.map(({ deliveryId }) => deliveryId));
    const logOf = (deliveryId: string) => attempts.filter((one) => one.deliveryId === deliveryId).map(attemptView);
    return { deliveries: page.map((row) => ({ ...deliveryView(row), log: logOf(row.deliveryId) })), next_cursor: nextCursor };
  }

  @Post('deliveries/:id/redeliver')
  @HttpCode(202)
  @RequireScope('videos:write')
  @Refuses({ 409: 'The webhook is disabled' })
  @ApiOperation({ operationId: 'redeliverEvent', summary: 'Send the event of a delivery again, with its id' })
  @ZodResponse({ status: 202, type: DeliveryDto })
  async redeliver(@CallerParam() caller: Caller, @Param('id') id: string): Promise<DeliveryDto> {
    return deliveryView(await this.webhooks.redeliver(caller, id));
  }
}
