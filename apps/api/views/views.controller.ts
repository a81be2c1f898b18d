import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import type { Video } from '../../../infra/database/video';
import { ViewsRepository } from '../../../infra/database/views-repository';
import { API_PREFIX } from '../api-prefix';
import { CallerParam, type Caller } from '../auth/caller.decorator';
import { RequireScope } from '../auth/scope.decorator';
import { Refuses } from '../open-api/refuses.decorator';
import { idempotencyKeyReused } from '../problems/idempotency-key';
import { IdempotencyKey, TakesIdempotencyKey } from '../problems/idempotency-key.decorator';
import { requestKey } from '../problems/idempotency-keys';
import { videoNotReady } from '../problems/video-not-ready';
import { VideoAccess } from '../videos/video-access';
import { AddViewsDto, ViewsAddedDto } from './views-schemas';

/** How often videos are watched, as their players or a CDN report it. */
@ApiTags('videos')
@Controller(`${API_PREFIX}/videos/:id/views`)
export class ViewsController {
  constructor(
    private readonly access: VideoAccess,
    private readonly views: ViewsRepository,
  ) {}

  @Post()
  @RequireScope('videos:write')
  @Refuses({ 409: 'The video cannot be played' })
  @ApiOperation({ operationId: 'addViews', summary: 'Count views; codec families are added to videos with many of them' })
  @TakesIdempotencyKey()
  @ZodResponse({ status: 200, type: ViewsAddedDto })
  async add(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @Body() body: AddViewsDto,
    @IdempotencyKey() idempotencyKey: string | null,
  ): Promise<ViewsAddedDto> {
    const video = await this.access.find(caller, id);
    refuseUnlessPlayable(video);
    const { videoId } = video;
    const key = requestKey(video.creatorId, idempotencyKey, { call: `views ${videoId}`, body });
    const atMs = Date.now();
    if (!(await this.views.add({ videoId, count: body.count, atMs }, key))) throw idempotencyKeyReused();
    const counts = (await this.views.counts([videoId], atMs)).get(videoId);
    return { video_id: videoId, views_total: counts?.total ?? 0, views_last_hour: counts?.lastHour ?? 0 };
  }
}

/** What was published plays on, and is watched, while the video is made again. */
function refuseUnlessPlayable({ manifestKey, status }: Video): void {
  if (manifestKey !== null) return;
  const advice = status === 'removed' ? '' : ' Views are counted once it can be played.';
  throw videoNotReady(status, `The status of this video is ${status}.${advice}`);
}
