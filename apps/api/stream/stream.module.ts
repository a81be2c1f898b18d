import { Module } from '@nestjs/common';
import { OriginStore } from './origin-store';
import { PublishedGenerations } from './published-generations';
import { StreamController } from './stream.controller';

@Module({ controllers: [StreamController], providers: [OriginStore, PublishedGenerations] })
export class StreamModule {}
