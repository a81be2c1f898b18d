import { Inject, Injectable, Logger } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { ModerationRepository, type HeldVideos } from '../../../infra/database/moderation/moderation-repository';
import type { ApiConfig } from '../api-settings';
import { API_CONFIG } from '../dependencies/tokens';
import { Metrics } from '../health/metrics';
import { withinScrape } from '../health/within-scrape';
import { describeForLog } from '../problems/describe-error';

/** The videos that wait for a moderator as gauges, counted at each scrape. */
@Injectable()
export class ModerationMetrics {
  private readonly logger = new Logger('ModerationMetrics');

  constructor(
    metrics: Metrics,
    private readonly rows: ModerationRepository,
    @Inject(API_CONFIG) private readonly config: ApiConfig,
  ) {
    const gauge = (name: string, help: string, valueOf: (held: HeldVideos) => number) => {
      const made: Gauge = new Gauge({
        name,
        help,
        registers: [metrics.registry],
        collect: () => this.fill((held) => made.set(valueOf(held))),
      });
    };
    gauge('sprocket_moderation_held', 'Videos that wait for a moderator', ({ count }) => count);
    gauge(
      'sprocket_moderation_overdue',
      'Videos that have waited for a moderator for longer than MODERATION_ALERT_AFTER_HOURS',
      ({ overdue }) => overdue,
    );
    gauge(
      'sprocket_moderation_oldest_held_seconds',
      'How long the video has waited that has waited longest for a moderator; 0 when none waits',
      ({ oldestSince }) => (oldestSince === null ? 0 : Math.max(0, (Date.now() - oldestSince.getTime()) / 1000)),
    );
  }

  /** A database that is away must not take the other metrics along; old values stay. */
  private async fill(set: (held: HeldVideos) => void): Promise<void> {
    try {
      set(await withinScrape(this.rows.held(new Date(Date.now() - this.config.moderationAlertAfterMs))));
    } catch (error) {
      this.logger.warn(`no figures of moderation: ${describeForLog(error)}`);
    }
  }
}
