import { Module } from '@nestjs/common';
import { Watermarks } from './watermarks';
import { WatermarksController } from './watermarks.controller';

@Module({ controllers: [WatermarksController], providers: [Watermarks], exports: [Watermarks] })
export class WatermarksModule {}
