import { Module } from '@nestjs/common';
import { VideosModule } from '../videos/videos.module';
import { WatchController } from './watch.controller';

@Module({ imports: [VideosModule], controllers: [WatchController] })
export class WatchModule {}
