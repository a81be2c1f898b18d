import { Injectable } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { VideoCounts } from '../../../infra/database/video-lists';
import type { WorkerState } from '../../../temporal/queue-state';
import { QueueMetrics } from './queue-metrics';
import { routeOf } from '../http/route-of';
import type { DependencyName, DependencyState } from '../dependencies/dependencies';

/** Metrics of this process in a registry of its own, so that several applications in one process do not collide. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();
  readonly queues = new QueueMetrics(this.registry);

  private readonly requestSeconds = new Histogram({
    name: 'sprocket_http_request_duration_seconds',
    help: 'Time to the end of the response',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [this.registry],
  });
  private readonly dependencyUp = new Gauge({
    name: 'sprocket_dependency_up',
    help: '1 when the dependency answers and is prepared',
    labelNames: ['dependency'],
    registers: [this.registry],
  });

  private readonly videos = new Gauge({
    name: 'sprocket_videos',
    help: 'Videos by status',
    labelNames: ['status'],
    registers: [this.registry],
  });
  private readonly failedVideos = new Gauge({
    name: 'sprocket_failed_videos',
    help: 'Videos that wait for a retry or another decision',
    labelNames: ['failed_step', 'failure_type'],
    registers: [this.registry],
  });

  private readonly unfitWorkers = new Gauge({
    name: 'sprocket_unfit_workers',
    help: 'Workers that have left a queue because they are unfit for it',
    labelNames: ['queue', 'reason'],
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  /** Measures under the route's pattern, never under the path: every id would be a series of its own. */
  readonly middleware = (request: Request, response: Response, next: NextFunction): void => {
    const stop = this.requestSeconds.startTimer({ method: request.method });
    response.once('close', () => stop({ route: routeOf(request), status: String(response.statusCode) }));
    next();
  };

  setDependencies(states: Record<DependencyName, DependencyState>): void {
    for (const [dependency, state] of Object.entries(states)) this.dependencyUp.set({ dependency }, state === 'up' ? 1 : 0);
  }

  /** Old values stay while the workflow service is away. */
  setWorkers(workers: readonly Pick<WorkerState, 'queue' | 'unfit'>[]): void {
    this.unfitWorkers.reset();
    for (const { queue, unfit } of workers) if (unfit) this.unfitWorkers.inc({ queue, reason: unfit });
  }

  /** Old values stay while the database is away: an alert must not end because counting fails. */
  setVideos({ byStatus, failed }: VideoCounts): void {
    this.videos.reset();
    this.failedVideos.reset();
    for (const { status, count } of byStatus) this.videos.set({ status }, count);
    for (const { failedStep, failureType, count } of failed) {
      this.failedVideos.set({ failed_step: failedStep ?? 'none', failure_type: failureType ?? 'none' }, count);
    }
  }
}
