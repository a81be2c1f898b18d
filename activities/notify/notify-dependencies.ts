import type { Logger } from '@nestjs/common';
import type { DeliveriesRepository } from '../../infra/webhooks/deliveries-repository';
import type { WebhookSecrets } from '../../infra/webhooks/webhook-secrets';
import type { WebhooksRepository } from '../../infra/webhooks/webhooks-repository';

/** How an attempt ended, for metrics. */
export interface DeliveryEnd {
  outcome: 'delivered' | 'retrying' | 'failed';
  durationMs: number;
}

/** An answer to a request. */
interface Answer {
  status: number;
  headers: Record<string, string>;
  /** At most a kilobyte. */
  body: string;
}

/** Dependencies of deliveries to webhooks. */
export interface NotifyDependencies {
  webhooks: WebhooksRepository;
  deliveries: DeliveriesRepository;
  secrets: WebhookSecrets;
  /** Sends a request; no redirect is followed. Rejects with a sentence for the webhook's owner when there is no answer. */
  post(url: string, headers: Record<string, string>, body: string): Promise<Answer>;
  /** Aborted when the worker is told to stop, before it waits for its activities. */
  stopping: AbortSignal;
  ended?(end: DeliveryEnd): void;
  logger: Pick<Logger, 'log' | 'warn'>;
}
