import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { HousekeepingRepository } from '../../../infra/database/housekeeping-repository';
import { HOUSEKEEPING_INTERVALS, HOUSEKEEPING_TASKS } from '../../../temporal/contract/housekeeping';
import { API_PREFIX } from '../api-prefix';
import { RequireScope } from '../auth/scope.decorator';
import { HousekeepingDto } from './housekeeping-schemas';

/** What the service did on its own. */
@ApiTags('housekeeping')
@Controller(`${API_PREFIX}/housekeeping`)
export class HousekeepingController {
  constructor(private readonly rows: HousekeepingRepository) {}

  @Get()
  @RequireScope('operate')
  @ApiOperation({ operationId: 'getHousekeeping', summary: 'The last report of each task of housekeeping' })
  @ZodResponse({ status: 200, type: HousekeepingDto })
  async last(): Promise<HousekeepingDto> {
    const reports = await this.rows.lastReports();
    return {
      tasks: HOUSEKEEPING_TASKS.map((task) => {
        const report = reports.find((candidate) => candidate.task === task);
        return {
          task,
          interval_seconds: HOUSEKEEPING_INTERVALS[task].everyMs / 1000,
          last_run: report
            ? {
                started_at: report.startedAt.toISOString(),
                finished_at: report.finishedAt.toISOString(),
                counts: report.counts,
                examples: report.examples,
              }
            : null,
        };
      }),
    };
  }
}
