import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { TaskReports, totalUsage } from '../../../infra/database/task-reports/task-reports';
import { usageView } from '../../settings/usage-settings';
import { API_PREFIX } from '../api-prefix';
import type { ApiConfig } from '../api-settings';
import { CallerParam, type Caller } from '../auth/caller.decorator';
import { RequireScope } from '../auth/scope.decorator';
import { API_CONFIG } from '../dependencies/tokens';
import { VideoAccess } from '../videos/video-access';
import { UsageDto } from './usage-schemas';

/** What the work on a video has used, all generations and attempts together. */
@ApiTags('videos')
@Controller(`${API_PREFIX}/videos`)
export class UsageController {
  constructor(
    private readonly access: VideoAccess,
    private readonly reports: TaskReports,
    @Inject(API_CONFIG) private readonly config: ApiConfig,
  ) {}

  @Get(':id/usage')
  @RequireScope('videos:read')
  @ApiOperation({ operationId: 'getVideoUsage', summary: 'CPU time and bytes by step and codec family, with estimates of cost and energy' })
  @ZodResponse({ status: 200, type: UsageDto })
  async usage(@CallerParam() caller: Caller, @Param('id') id: string): Promise<UsageDto> {
    const { videoId, durationSec } = await this.access.find(caller, id);
    const rows = await this.reports.ofVideo(videoId);
    const rates = this.config.usageRates;
    return {
      video_id: videoId,
      duration_sec: durationSec,
      currency: rates.currency,
      ...usageView(rates, totalUsage(rows)),
      steps: rows.map((row) => ({ step: row.taskType, family: row.family, ...usageView(rates, row) })),
    };
  }
}
