import { Module } from '@nestjs/common';
import { VideosModule } from '../videos/videos.module';
import { ChangeFamilies } from './change-families';
import { FamiliesController } from './families.controller';

@Module({
  imports: [VideosModule],
  controllers: [FamiliesController],
  providers: [ChangeFamilies],
})
export class FamiliesModule {}
