import { Body, Controller, Delete, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { API_PREFIX } from '../api-prefix';
import { CallerParam, creatorFilter, type Caller } from '../auth/caller.decorator';
import { RequireScope } from '../auth/scope.decorator';
import { Refuses } from '../open-api/refuses.decorator';
import { IdempotencyKey, TakesIdempotencyKey } from '../problems/idempotency-key.decorator';
import { IdempotencyKeys } from '../problems/idempotency-keys';
import { VideoAccess } from '../videos/video-access';
import { EndVideos } from './end-videos';
import { BulkRetryDto, BulkRetryResultDto, RetryAcceptedDto, RetryDto, VideoEndedDto } from './operation-schemas';
import { RetryVideos } from './retry-videos';

/** What operators and owners do to videos that exist. */
@ApiTags('videos')
@Controller(`${API_PREFIX}/videos`)
export class OperationsController {
  constructor(
    private readonly access: VideoAccess,
    private readonly retries: RetryVideos,
    private readonly ends: EndVideos,
    private readonly keys: IdempotencyKeys,
  ) {}

  @Post('retry')
  @RequireScope('operate')
  @ApiOperation({ operationId: 'retryVideos', summary: 'Retry failed videos, oldest first, chosen by a filter' })
  @ZodResponse({ status: 200, type: BulkRetryResultDto })
  async retryAll(@CallerParam() caller: Caller, @Body() body: BulkRetryDto): Promise<BulkRetryResultDto> {
    return this.retries.retryAll(body, creatorFilter(caller, body.creator_id));
  }

  @Post(':id/retry')
  @RequireScope('videos:write')
  @Refuses({ 409: 'Nothing of the video can be retried now' })
  @ApiOperation({ operationId: 'retryVideo', summary: 'Retry from a step; finished steps that do not depend on it are kept' })
  @TakesIdempotencyKey()
  @ZodResponse({ status: 200, type: RetryAcceptedDto })
  async retry(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @Body() body: RetryDto,
    @IdempotencyKey() idempotencyKey: string | null,
  ): Promise<RetryAcceptedDto> {
    const video = await this.access.find(caller, id);
    await this.keys.claim(video.creatorId, idempotencyKey, { call: `retry ${video.videoId}`, body });
    return this.retries.retry(video, body.from_step, idempotencyKey);
  }

  @Post(':id/cancel')
  @RequireScope('videos:write')
  @Refuses({ 409: 'There is nothing to cancel' })
  @ApiOperation({ operationId: 'cancelVideo', summary: 'Stop the processing and free its storage; the original stays' })
  @ZodResponse({ status: 202, type: VideoEndedDto })
  async cancel(@CallerParam() caller: Caller, @Param('id') id: string): Promise<VideoEndedDto> {
    return this.ends.cancel(await this.access.find(caller, id));
  }

  @Delete(':id')
  @RequireScope('videos:write')
  @ApiOperation({ operationId: 'removeVideo', summary: 'Remove a video and everything made from it; the original stays' })
  @ZodResponse({ status: 202, type: VideoEndedDto })
  async remove(@CallerParam() caller: Caller, @Param('id') id: string): Promise<VideoEndedDto> {
    return this.ends.remove(await this.access.find(caller, id));
  }
}
