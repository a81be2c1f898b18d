import { Module } from '@nestjs/common';
import { VideosModule } from '../videos/videos.module';
import { CompleteUpload } from './complete-upload';
import { CreateUpload } from './start/create-upload';
import { UploadProgress } from './upload-progress';
import { UploadsController } from './uploads.controller';
import { WorkflowStarter } from './workflow-starter';

@Module({
  imports: [VideosModule],
  controllers: [UploadsController],
  providers: [CreateUpload, UploadProgress, CompleteUpload, WorkflowStarter],
  exports: [UploadProgress],
})
export class UploadsModule {}
