import { Module } from '@nestjs/common';
import { HealthController } from './health.controller';
import { Metrics } from './metrics';
import { QueueMetrics } from './queue-metrics';

@Module({ controllers: [HealthController], providers: [Metrics, QueueMetrics], exports: [Metrics] })
export class HealthModule {}
