import { Module } from '@nestjs/common';
import { VideosModule } from '../videos/videos.module';
import { WatermarksModule } from '../watermarks/watermarks.module';
import { PlaybackModule } from '../playback/playback.module';
import { WebhooksModule } from '../webhooks/webhooks.module';
import { UploadLimits } from '../limits/upload-limits';
import { CompleteUpload } from './complete-upload';
import { AskedEncodings } from './start/asked-encodings';
import { CreateUpload } from './start/create-upload';
import { UploadProgress } from './upload-progress';
import { UploadsController } from './uploads.controller';
import { WorkflowStarter } from './workflow-starter';

@Module({
  imports: [VideosModule, PlaybackModule, WatermarksModule, WebhooksModule],
  controllers: [UploadsController],
  providers: [CreateUpload, UploadLimits, AskedEncodings, UploadProgress, CompleteUpload, WorkflowStarter],
  exports: [UploadProgress, UploadLimits, AskedEncodings],
})
export class UploadsModule {}
