import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { TaskReports, totalUsage, type UsedAmount } from '../../../infra/database/task-reports/task-reports';
import { estimateUse } from '../../settings/usage-settings';
import { API_PREFIX } from '../api-prefix';
import type { ApiConfig } from '../api-settings';
import { CallerParam, type Caller } from '../auth/caller.decorator';
import { RequireScope } from '../auth/scope.decorator';
import { API_CONFIG } from '../dependencies/tokens';
import { VideoAccess } from '../videos/video-access';
import { UsageDto } from './usage-schemas';

/** What the work on a video has used, all generations and attempts together. */
@ApiTags('videos')
@ApiBearerAuth()
@Controller(`${API_PREFIX}/videos`)
export class UsageController {
  constructor(
    private readonly access: VideoAccess,
    private readonly reports: TaskReports,
    @Inject(API_CONFIG) private readonly config: ApiConfig,
  ) {}

  @Get(':id/usage')
  @RequireScope('videos:read')
  @ApiOperation({ summary: 'CPU time and bytes by step and codec family, with estimates of cost and energy' })
  @ZodResponse({ status: 200, type: UsageDto })
  async usage(@CallerParam() caller: Caller, @Param('id') id: string): Promise<UsageDto> {
    const { videoId, durationSec } = await this.access.find(caller, id);
    const rows = await this.reports.ofVideo(videoId);
    return {
      video_id: videoId,
      duration_sec: durationSec,
      currency: this.config.usageRates.currency,
      ...this.view(totalUsage(rows)),
      steps: rows.map((row) => ({ step: row.taskType, family: row.family, ...this.view(row) })),
    };
  }

  private view(used: UsedAmount) {
    const { cost, energyWattHours } = estimateUse(this.config.usageRates, used);
    return {
      ...{ tasks: used.tasks, attempts: used.attempts, cpu_seconds: used.cpuMs / 1000 },
      ...{ bytes_in: used.bytesIn, bytes_out: used.bytesOut, estimated_cost: cost, estimated_energy_watt_hours: energyWattHours },
    };
  }
}
