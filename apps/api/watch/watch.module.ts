import { Module } from '@nestjs/common';
import { PlaybackModule } from '../playback/playback.module';
import { VideosModule } from '../videos/videos.module';
import { HomeController } from './home.controller';
import { TitlePartsReader } from './title-parts';
import { WatchController } from './watch.controller';

@Module({ imports: [VideosModule, PlaybackModule], controllers: [HomeController, WatchController], providers: [TitlePartsReader] })
export class WatchModule {}
