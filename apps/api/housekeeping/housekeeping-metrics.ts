import { Injectable, Logger } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { HousekeepingRepository, type StoredReport } from '../../../infra/database/housekeeping-repository';
import { Metrics } from '../health/metrics';
import { withinScrape } from '../health/within-scrape';
import { describeForLog } from '../problems/describe-error';

/** The last report of each task as gauges, read at each scrape. */
@Injectable()
export class HousekeepingMetrics {
  private readonly logger = new Logger('HousekeepingMetrics');

  constructor(
    metrics: Metrics,
    private readonly rows: HousekeepingRepository,
  ) {
    const registers = [metrics.registry];
    const finished: Gauge = new Gauge({
      name: 'sprocket_housekeeping_last_finished_timestamp_seconds',
      help: 'When a task was last finished',
      labelNames: ['task'],
      registers,
      collect: () => this.fill((reports) => reports.forEach(({ task, finishedAt }) => finished.set({ task }, finishedAt.getTime() / 1000))),
    });
    const found: Gauge = new Gauge({
      name: 'sprocket_housekeeping_last_count',
      help: 'What the last finished run of a task found and did, by name',
      labelNames: ['task', 'what'],
      registers,
      collect: () =>
        this.fill((reports) => {
          // A name that the last run did not count is no longer true.
          found.reset();
          for (const { task, counts } of reports) {
            for (const [what, count] of Object.entries(counts)) found.set({ task, what }, count);
          }
        }),
    });
  }

  /** A database that is away must not take the other metrics along; old values stay. */
  private async fill(set: (reports: StoredReport[]) => void): Promise<void> {
    try {
      set(await withinScrape(this.rows.lastReports()));
    } catch (error) {
      this.logger.warn(`no figures of housekeeping: ${describeForLog(error)}`);
    }
  }
}
