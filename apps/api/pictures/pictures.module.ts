import { Module } from '@nestjs/common';
import { VideosModule } from '../videos/videos.module';
import { ChoosePictures } from './choose-pictures';
import { PicturesController } from './pictures.controller';

@Module({ imports: [VideosModule], controllers: [PicturesController], providers: [ChoosePictures] })
export class PicturesModule {}
