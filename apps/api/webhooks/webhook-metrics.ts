import { Injectable, Logger } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { DeliveriesRepository } from '../../../infra/webhooks/deliveries-repository';
import type { WebhookBacklog } from '../../../infra/webhooks/webhook-backlog';
import { Metrics } from '../health/metrics';
import { describeForLog } from '../problems/describe-error';

/** What waits to be delivered to webhooks as gauges, counted at each scrape. */
@Injectable()
export class WebhookMetrics {
  private readonly logger = new Logger('WebhookMetrics');

  constructor(
    metrics: Metrics,
    private readonly deliveries: DeliveriesRepository,
  ) {
    const gauge = (name: string, help: string, valueOf: (backlog: WebhookBacklog) => number) => {
      const made: Gauge = new Gauge({
        ...{ name, help, registers: [metrics.registry] },
        collect: () => this.fill((backlog) => made.set(valueOf(backlog))),
      });
    };
    gauge('sprocket_webhook_backlog', 'Deliveries to webhooks that wait', ({ waiting }) => waiting);
    gauge(
      'sprocket_webhook_backlog_age_seconds',
      'How long the delivery has waited that has waited longest; 0 when none waits',
      ({ oldestSince }) => secondsSince(oldestSince),
    );
    gauge(
      'sprocket_webhook_unread_age_seconds',
      'How long the oldest event has waited that no dispatcher of webhooks has looked at; 0 when none waits',
      ({ unreadSince }) => secondsSince(unreadSince),
    );
    gauge(
      'sprocket_webhooks_disabled',
      'Webhooks that were disabled because they failed for a week or are gone',
      (backlog) => backlog.disabled,
    );
  }

  /** A database that is away must not take the other metrics along; old values stay. */
  private async fill(set: (backlog: WebhookBacklog) => void): Promise<void> {
    try {
      set(await this.deliveries.backlog());
    } catch (error) {
      this.logger.warn(`no figures of webhooks: ${describeForLog(error)}`);
    }
  }
}

function secondsSince(time: Date | null): number {
  return time === null ? 0 : Math.max(0, (Date.now() - time.getTime()) / 1000);
}
