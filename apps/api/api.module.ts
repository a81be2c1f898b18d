import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { ZodSerializerInterceptor, ZodValidationPipe } from 'nestjs-zod';
import type { ApiConfig } from './api-settings';
import { ApiKeyGuard } from './auth/api-key.guard';
import { AuthModule } from './auth/auth.module';
import { DependenciesModule } from './dependencies/dependencies.module';
import { DrmModule } from './drm/drm.module';
import { EventsModule } from './events/events.module';
import { FamiliesModule } from './families/families.module';
import { HealthModule } from './health/health.module';
import { RequestLimits } from './limits/request-limits';
import { IngestModule } from './ingest/ingest.module';
import { ModerationModule } from './moderation/moderation.module';
import { OperationsModule } from './operations/operations.module';
import { HousekeepingModule } from './housekeeping/housekeeping.module';
import { KeysModule } from './keys/keys.module';
import { PicturesModule } from './pictures/pictures.module';
import { PlaybackModule } from './playback/playback.module';
import { ProblemFilter } from './problems/problem.filter';
import { PresetsModule } from './presets/presets.module';
import { StreamModule } from './stream/stream.module';
import { SubtitlesModule } from './subtitles/subtitles.module';
import { TasksModule } from './tasks/tasks.module';
import { UploadsModule } from './uploads/uploads.module';
import { VideosModule } from './videos/videos.module';
import { ViewsModule } from './views/views.module';
import { WatchModule } from './watch/watch.module';
import { WatermarksModule } from './watermarks/watermarks.module';
import { WebhooksModule } from './webhooks/webhooks.module';
import { WorkersModule } from './workers/workers.module';

@Module({})
export class ApiModule {
  static forRoot(config: ApiConfig): DynamicModule {
    return {
      module: ApiModule,
      imports: [
        DependenciesModule.forRoot(config),
        AuthModule,
        HealthModule,
        IngestModule,
        UploadsModule,
        VideosModule,
        OperationsModule,
        FamiliesModule,
        DrmModule,
        ModerationModule,
        PresetsModule,
        PicturesModule,
        PlaybackModule,
        ViewsModule,
        TasksModule,
        WatermarksModule,
        SubtitlesModule,
        StreamModule,
        WorkersModule,
        HousekeepingModule,
        KeysModule,
        WebhooksModule,
        EventsModule,
        WatchModule,
      ],
      providers: [
        { provide: APP_PIPE, useClass: ZodValidationPipe },
        { provide: APP_INTERCEPTOR, useClass: ZodSerializerInterceptor },
        { provide: APP_FILTER, useClass: ProblemFilter },
        RequestLimits,
        { provide: APP_GUARD, useClass: ApiKeyGuard },
      ],
    };
  }
}
