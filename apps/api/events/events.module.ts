import { Module } from '@nestjs/common';
import { EventTail } from './event-tail';
import { EventsController } from './events.controller';

@Module({ controllers: [EventsController], providers: [EventTail] })
export class EventsModule {}
