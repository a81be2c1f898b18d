import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { VIDEO_EVENTS } from '../../../temporal/contract/events';
import { pageLimit } from '../http/page-limit';
import { creatorIdSchema } from '../videos/video-id';

const DESCRIPTION_MAX_CHARS = 200;
const URL_MAX_CHARS = 2000;
const MOST_LISTED = 100;

export const webhookUrl = z.string().min(1).max(URL_MAX_CHARS);

const eventTypes = z.array(z.enum(VIDEO_EVENTS)).max(VIDEO_EVENTS.length);
const url = webhookUrl.describe('https; plain http in networks that the operator allows alone. Redirects are not followed');
const description = z.string().trim().max(DESCRIPTION_MAX_CHARS);

const createWebhook = z
  .strictObject({
    url,
    event_types: eventTypes.default([]).describe('Empty: all'),
    description: description.default(''),
    creator_id: creatorIdSchema
      .nullable()
      .optional()
      .describe('Whose videos it hears of, for keys that see all: null for those of all creators. Other keys: their own'),
  })
  .meta({ id: 'CreateWebhook', 'x-example': { url: 'https://hooks.example/sprocket', event_types: ['video.ready'] } });

const changeWebhook = z
  .strictObject({
    url: url.optional(),
    event_types: eventTypes.optional(),
    description: description.optional(),
    enabled: z.boolean().optional().describe('false drops what waits to be sent; true begins with the next event'),
  })
  .meta({ id: 'ChangeWebhook', 'x-example': { description: 'The site' } });

const instant = z.iso.datetime().nullable();
const webhookFields = {
  webhook_id: z.string(),
  creator_id: z.string().nullable().describe('null: it hears of the videos of all creators'),
  video_id: z.string().nullable().describe('The only video that it hears of, for the webhook_url of an upload'),
  url: z.string(),
  event_types: z.array(z.enum(VIDEO_EVENTS)).describe('Empty: all'),
  description: z.string(),
  enabled: z.boolean(),
  disabled_at: instant,
  notice: z.string().nullable().describe('What its owner should know: that it fails, or why it was disabled'),
  failing_since: instant,
  last_delivered_at: instant,
  old_secret_until: instant.describe('After a rotation: until when the secret of before signs, too'),
  created_at: z.iso.datetime(),
};
const webhook = z.object(webhookFields).meta({ id: 'Webhook' });
const webhookWithSecret = z
  .object({ ...webhookFields, secret: z.string().describe('Signs the requests (Standard Webhooks); shown once') })
  .meta({ id: 'WebhookWithSecret' });
const webhookPage = z
  .object({ webhooks: z.array(webhook), next_cursor: z.string().nullable().describe('Pass it as `cursor` to get the next page') })
  .meta({ id: 'WebhookPage' });

const attempt = z.object({
  attempt: z.int(),
  sent_at: z.iso.datetime(),
  duration_ms: z.int(),
  request_headers: z.record(z.string(), z.string()).describe('Without the signature'),
  response_status: z.int().nullable(),
  response_headers: z.record(z.string(), z.string()).nullable(),
  response_body: z.string().nullable().describe('Its first kilobyte'),
  problem: z.string().nullable().describe('Why there was no answer'),
});

const deliveryFields = {
  delivery_id: z.string(),
  webhook_id: z.string(),
  event_id: z.string().describe('The header webhook-id: the same for every attempt and redelivery'),
  event_type: z.string(),
  video_id: z.string().nullable(),
  status: z.enum(['waiting', 'delivered', 'failed', 'dropped']),
  attempts: z.int(),
  next_attempt_at: instant,
  created_at: z.iso.datetime(),
  ended_at: instant,
};
const delivery = z.object(deliveryFields).meta({ id: 'WebhookDelivery' });
const deliveryPage = z
  .object({
    deliveries: z.array(z.object({ ...deliveryFields, log: z.array(attempt) })),
    next_cursor: z.string().nullable().describe('Pass it as `cursor` to get the next page'),
  })
  .meta({ id: 'WebhookDeliveryPage' });

const listPage = z
  .strictObject({
    cursor: z
      .string()
      .regex(/^[0-9A-HJKMNP-TV-Z]{26}$/, { error: 'is no cursor of a page' })
      .optional(),
    limit: pageLimit(MOST_LISTED, 20),
  })
  .meta({ id: 'ListWebhooks' });

export class CreateWebhookDto extends createZodDto(createWebhook) {}
export class ChangeWebhookDto extends createZodDto(changeWebhook) {}
export class WebhookDto extends createZodDto(webhook) {}
export class WebhookWithSecretDto extends createZodDto(webhookWithSecret) {}
export class WebhookPageDto extends createZodDto(webhookPage) {}
export class DeliveryDto extends createZodDto(delivery) {}
export class DeliveryPageDto extends createZodDto(deliveryPage) {}
export class ListWebhooksDto extends createZodDto(listPage) {}

export type WebhookView = z.infer<typeof webhook>;
export type DeliveryView = z.infer<typeof delivery>;
export type AttemptView = z.infer<typeof attempt>;
