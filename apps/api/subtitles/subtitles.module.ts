import { Module } from '@nestjs/common';
import { VideosModule } from '../videos/videos.module';
import { ChangeSubtitles } from './change-subtitles';
import { SubtitlesController } from './subtitles.controller';

@Module({ imports: [VideosModule], controllers: [SubtitlesController], providers: [ChangeSubtitles] })
export class SubtitlesModule {}
