import type { AttemptRow, DeliveryRow } from '../../../infra/webhooks/deliveries-repository';
import type { DisabledReason } from '../../../infra/webhooks/webhook-tables';
import type { WebhookRow } from '../../../infra/webhooks/webhooks-repository';
import type { VideoEventType } from '../../../temporal/contract/events';
import type { AttemptView, DeliveryView, WebhookView } from './webhook-schemas';

const DISABLED: Record<DisabledReason, string> = {
  caller: 'It is disabled: events are not sent to it until it is enabled again.',
  gone: 'It was disabled because its receiver answered 410 (gone). Enable it again when the receiver is back.',
  failing: 'It was disabled after a week in which every attempt failed. Mend the receiver and enable it again.',
};
const FAILING = 'Its last attempts failed; GET /webhooks/{id}/deliveries shows how. After a week of failures it is disabled.';

/** A webhook as its owner sees it, without its secret. */
export function webhookView(row: WebhookRow): WebhookView {
  return {
    ...{ webhook_id: row.webhookId, creator_id: row.creatorId, video_id: row.videoId, url: row.url, description: row.description },
    event_types: row.eventTypes === '' ? [] : (row.eventTypes.split(' ') as VideoEventType[]),
    enabled: row.disabledAt === null,
    notice: row.disabledReason ? DISABLED[row.disabledReason] : row.failingSince ? FAILING : null,
    disabled_at: instant(row.disabledAt),
    failing_since: instant(row.failingSince),
    last_delivered_at: instant(row.lastDeliveredAt),
    old_secret_until: instant(row.oldSecretUntil),
    created_at: row.createdAt.toISOString(),
  };
}

export function deliveryView(row: DeliveryRow): DeliveryView {
  return {
    ...{ delivery_id: row.deliveryId, webhook_id: row.webhookId, event_id: row.eventId, event_type: row.eventType, video_id: row.videoId },
    ...{ status: row.status, attempts: row.attempts },
    next_attempt_at: row.status === 'waiting' ? instant(row.nextAttemptAt) : null,
    created_at: row.createdAt.toISOString(),
    ended_at: instant(row.endedAt),
  };
}

export function attemptView(row: AttemptRow): AttemptView {
  return {
    ...{ attempt: row.attempt, sent_at: row.sentAt.toISOString(), duration_ms: row.durationMs },
    request_headers: JSON.parse(row.requestHeaders) as Record<string, string>,
    response_status: row.responseStatus,
    response_headers: row.responseHeaders === null ? null : (JSON.parse(row.responseHeaders) as Record<string, string>),
    response_body: row.responseBody,
    problem: row.problem,
  };
}

function instant(date: Date | null): string | null {
  return date?.toISOString() ?? null;
}
