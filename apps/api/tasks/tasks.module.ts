import { Module } from '@nestjs/common';
import type { Database } from '../../../infra/database/database';
import { TaskReports } from '../../../infra/database/task-reports/task-reports';
import { DATABASE } from '../dependencies/tokens';
import { VideosModule } from '../videos/videos.module';
import { TasksController } from './tasks.controller';
import { UsageController } from './usage.controller';

@Module({
  imports: [VideosModule],
  controllers: [TasksController, UsageController],
  providers: [{ provide: TaskReports, useFactory: (db: Database) => new TaskReports(db), inject: [DATABASE] }],
})
export class TasksModule {}
