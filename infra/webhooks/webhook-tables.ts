import type { Generated } from 'kysely';
import type { VideoEventType } from '../../temporal/contract/events';

export type DisabledReason = 'caller' | 'gone' | 'failing';
export type DeliveryStatus = 'waiting' | 'delivered' | 'failed' | 'dropped';

/** `webhooks`: where events are sent. */
export interface WebhooksTable {
  webhookId: string;
  /** The creator whose videos it hears of; null for those of all. */
  creatorId: string | null;
  /** The only video that it hears of; null for all of the creator. */
  videoId: string | null;
  url: string;
  /** Names with blanks between; empty for all. */
  eventTypes: string;
  description: string;
  wrappedSecret: Buffer;
  masterKeyId: string;
  /** Signs, too, until `oldSecretUntil`. */
  wrappedOldSecret: Buffer | null;
  oldMasterKeyId: string | null;
  oldSecretUntil: Date | null;
  createdAt: Date;
  updatedAt: Date;
  disabledAt: Date | null;
  disabledReason: DisabledReason | null;
  /** The first failure since the last success; null while there is none. */
  failingSince: Date | null;
  lastDeliveredAt: Date | null;
}

/** `webhook_deliveries`: an event on its way to a webhook. */
export interface WebhookDeliveriesTable {
  deliveryId: string;
  webhookId: string;
  eventId: string;
  eventType: VideoEventType | 'webhook.test';
  /** Null for tests and for events that are sent again by hand, which follow no order. */
  eventSequence: number | null;
  videoId: string | null;
  body: string;
  status: Generated<DeliveryStatus>;
  attempts: Generated<number>;
  nextAttemptAt: Date;
  /** A process is sending it, and no other one does before this time. */
  leasedUntil: Date | null;
  createdAt: Date;
  endedAt: Date | null;
}

/** `webhook_attempts`: the log of deliveries. No column holds a secret. */
export interface WebhookAttemptsTable {
  deliveryId: string;
  attempt: number;
  sentAt: Date;
  durationMs: number;
  /** JSON, without signatures. */
  requestHeaders: string;
  /** Null when there was no answer. */
  responseStatus: number | null;
  responseHeaders: string | null;
  /** At most a kilobyte. */
  responseBody: string | null;
  /** Why there was no answer, in a sentence. */
  problem: string | null;
}
