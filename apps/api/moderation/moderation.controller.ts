import { Body, Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { ZodResponse } from 'nestjs-zod';
import { OBJECTS } from '../../../temporal/contract/media/objects';
import { API_PREFIX } from '../api-prefix';
import { CallerParam, type Caller } from '../auth/caller.decorator';
import { RequireScope } from '../auth/scope.decorator';
import { Refuses } from '../open-api/refuses.decorator';
import { Problem } from '../problems/problem';
import { VideoAccess } from '../videos/video-access';
import { ModerateVideos } from './moderate-videos';
import { ModerationFindings } from './moderation-findings';
import { DecideModerationDto, ModerationDecidedDto, ModerationDto } from './moderation-schemas';

/** What moderation found in a video, and what a moderator says to it. */
@ApiTags('moderation')
@Controller(`${API_PREFIX}/videos/:id/moderation`)
export class ModerationController {
  constructor(
    private readonly access: VideoAccess,
    private readonly findings: ModerationFindings,
    private readonly decisions: ModerateVideos,
  ) {}

  @Get()
  @RequireScope('moderate')
  @ApiOperation({ operationId: 'getModeration', summary: 'Scores of sampled frames, the flagged pictures and the decision' })
  @ZodResponse({ status: 200, type: ModerationDto })
  async get(@CallerParam() caller: Caller, @Param('id') id: string): Promise<ModerationDto> {
    return this.findings.view(await this.access.find(caller, id));
  }

  @Get('pictures/:number')
  @RequireScope('moderate')
  @ApiOperation({ operationId: 'getFlaggedPicture', summary: 'A flagged picture, numbered from 1' })
  @ApiProduces('image/jpeg')
  async picture(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @Param('number') number: string,
    @Res() response: Response,
  ): Promise<void> {
    const picture = await this.findings.picture(await this.access.find(caller, id), number);
    if (!picture) throw new Problem(404, 'PictureNotFound', 'There is no flagged picture of this number.');
    // Not for caches that others share.
    response.set({ 'Content-Type': OBJECTS.flaggedPicture.contentType, 'Cache-Control': 'private, no-store' });
    response.send(picture);
  }

  @Post()
  @RequireScope('moderate')
  @HttpCode(200)
  @Refuses({ 409: 'The video is not held, or was decided otherwise' })
  @ApiOperation({ operationId: 'decideModeration', summary: 'Approve or reject a video that is held; can be repeated' })
  @ZodResponse({ status: 200, type: ModerationDecidedDto })
  async decide(@CallerParam() caller: Caller, @Param('id') id: string, @Body() body: DecideModerationDto): Promise<ModerationDecidedDto> {
    return this.decisions.decide(await this.access.find(caller, id), body, caller.creatorId);
  }
}
