import { Module } from '@nestjs/common';
import { VideosModule } from '../videos/videos.module';
import { PlayableVideos } from './playable-videos';
import { PlaybackController } from './playback.controller';
import { PlaybackTokens } from './playback-tokens';
import { SignedVideos } from './signed-videos';

@Module({
  imports: [VideosModule],
  controllers: [PlaybackController],
  providers: [PlaybackTokens, SignedVideos, PlayableVideos],
  exports: [PlaybackTokens, PlayableVideos],
})
export class PlaybackModule {}
