import { Injectable } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { DependencyName, DependencyState } from '../dependencies/dependencies';

/** Metrics of this process in a registry of its own, so that several applications in one process do not collide. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();

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
}

function routeOf(request: Request): string {
  const path = (request.route as { path?: unknown } | undefined)?.path;
  return typeof path === 'string' ? path : 'none';
}
