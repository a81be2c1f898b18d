import { Module } from '@nestjs/common';
import { UploadsModule } from '../uploads/uploads.module';
import { VideosModule } from '../videos/videos.module';
import { EndVideos } from './end-videos';
import { IdempotencyKeys } from '../problems/idempotency-keys';
import { OperationsController } from './operations.controller';
import { RetryVideos } from './retry-videos';

@Module({
  imports: [VideosModule, UploadsModule],
  controllers: [OperationsController],
  providers: [RetryVideos, EndVideos, IdempotencyKeys],
})
export class OperationsModule {}
