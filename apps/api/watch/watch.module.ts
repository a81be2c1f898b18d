import { Module } from '@nestjs/common';
import { VideosModule } from '../videos/videos.module';
import { HomeController } from './home.controller';
import { WatchController } from './watch.controller';

@Module({ imports: [VideosModule], controllers: [HomeController, WatchController] })
export class WatchModule {}
