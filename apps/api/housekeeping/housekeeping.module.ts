import { Module } from '@nestjs/common';
import { HousekeepingRepository } from '../../../infra/database/housekeeping-repository';
import type { Database } from '../../../infra/database/database';
import { DATABASE } from '../dependencies/tokens';
import { HealthModule } from '../health/health.module';
import { HousekeepingMetrics } from './housekeeping-metrics';
import { HousekeepingController } from './housekeeping.controller';

@Module({
  imports: [HealthModule],
  controllers: [HousekeepingController],
  providers: [
    { provide: HousekeepingRepository, useFactory: (db: Database) => new HousekeepingRepository(db), inject: [DATABASE] },
    HousekeepingMetrics,
  ],
})
export class HousekeepingModule {}
