import { Module } from '@nestjs/common';
import { VideosModule } from '../videos/videos.module';
import { ViewsController } from './views.controller';

@Module({
  imports: [VideosModule],
  controllers: [ViewsController],
})
export class ViewsModule {}
