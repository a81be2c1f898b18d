import { Module } from '@nestjs/common';
import { PlaybackModule } from '../playback/playback.module';
import { EarlyTitles } from './early/early-titles';
import { HeldSegments } from './early/held-segments';
import { SegmentWishes } from './early/segment-wishes';
import { OriginStore } from './origin-store';
import { PublishedGenerations } from './published-generations';
import { StreamController } from './stream.controller';

@Module({
  imports: [PlaybackModule],
  controllers: [StreamController],
  providers: [OriginStore, PublishedGenerations, EarlyTitles, HeldSegments, SegmentWishes],
})
export class StreamModule {}
