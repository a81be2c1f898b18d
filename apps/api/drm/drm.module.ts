import { Module } from '@nestjs/common';
import { VideosModule } from '../videos/videos.module';
import { ClearKeyController } from './clearkey.controller';
import { DrmController } from './drm.controller';
import { ProtectVideo } from './protect-video';

@Module({
  imports: [VideosModule],
  controllers: [DrmController, ClearKeyController],
  providers: [ProtectVideo],
})
export class DrmModule {}
