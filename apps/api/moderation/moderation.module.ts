import { Module } from '@nestjs/common';
import { HealthModule } from '../health/health.module';
import { VideosModule } from '../videos/videos.module';
import { ModerateVideos } from './moderate-videos';
import { ModerationFindings } from './moderation-findings';
import { ModerationMetrics } from './moderation-metrics';
import { ModerationController } from './moderation.controller';

@Module({
  imports: [VideosModule, HealthModule],
  controllers: [ModerationController],
  providers: [ModerateVideos, ModerationFindings, ModerationMetrics],
})
export class ModerationModule {}
