import { Module } from '@nestjs/common';
import { VideoAccess } from './video-access';
import { VideoLinks } from './video-links';
import { VideoProgress } from './video-progress';
import { VideosController } from './videos.controller';

@Module({
  controllers: [VideosController],
  providers: [VideoAccess, VideoLinks, VideoProgress],
  exports: [VideoAccess, VideoLinks, VideoProgress],
})
export class VideosModule {}
