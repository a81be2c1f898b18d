import { Module } from '@nestjs/common';
import { IngestModule } from '../ingest/ingest.module';
import { UploadsModule } from '../uploads/uploads.module';
import { VideosModule } from '../videos/videos.module';
import { EndVideos } from './end-videos';
import { IdempotencyKeys } from '../problems/idempotency-keys';
import { OperationsController } from './operations.controller';
import { RetryRuns } from './retry-runs';
import { RetryVideos } from './retry-videos';
import { UnstoredVideos } from './unstored-videos';

@Module({
  imports: [VideosModule, UploadsModule, IngestModule],
  controllers: [OperationsController],
  providers: [UnstoredVideos, RetryRuns, RetryVideos, EndVideos, IdempotencyKeys],
})
export class OperationsModule {}
