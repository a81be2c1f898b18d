import { Module } from '@nestjs/common';
import { VideoAccess } from './video-access';
import { VideoLinks } from './video-links';
import { VideoProgress } from './video-progress';
import { VideoViews } from './video-view';
import { DetailsController } from '../metadata/details.controller';
import { QualityController } from './quality.controller';
import { VideosController } from './videos.controller';
import { WatchedVideos } from './watched-videos';

@Module({
  controllers: [VideosController, QualityController, DetailsController],
  providers: [VideoAccess, VideoLinks, VideoProgress, VideoViews, WatchedVideos],
  exports: [VideoAccess, VideoLinks, VideoProgress, WatchedVideos],
})
export class VideosModule {}
