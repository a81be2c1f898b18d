import { Module } from '@nestjs/common';
import { HealthModule } from '../health/health.module';
import { ManageWebhooks } from './manage-webhooks';
import { WebhookMetrics } from './webhook-metrics';
import { WebhooksController } from './webhooks.controller';

@Module({
  imports: [HealthModule],
  controllers: [WebhooksController],
  providers: [ManageWebhooks, WebhookMetrics],
  exports: [ManageWebhooks],
})
export class WebhooksModule {}
