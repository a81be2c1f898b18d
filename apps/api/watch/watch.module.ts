import { Module } from '@nestjs/common';
import { PlaybackModule } from '../playback/playback.module';
import { VideosModule } from '../videos/videos.module';
import { WatchController } from './watch.controller';

@Module({ imports: [VideosModule, PlaybackModule], controllers: [WatchController] })
export class WatchModule {}
