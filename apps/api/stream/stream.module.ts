import { Module } from '@nestjs/common';
import { PlaybackModule } from '../playback/playback.module';
import { OriginStore } from './origin-store';
import { PublishedGenerations } from './published-generations';
import { StreamController } from './stream.controller';

@Module({ imports: [PlaybackModule], controllers: [StreamController], providers: [OriginStore, PublishedGenerations] })
export class StreamModule {}
