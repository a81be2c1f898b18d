import { Body, Controller, Delete, HttpCode, Param, Post } from '@nestjs/common';
import { ApiConflictResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { API_PREFIX } from '../api-prefix';
import { CallerParam, type Caller } from '../auth/caller.decorator';
import { RequireScope } from '../auth/scope.decorator';
import { Refuses } from '../open-api/refuses.decorator';
import { Problem } from '../problems/problem';
import { VideoAccess } from '../videos/video-access';
import { drmRequestOf, drmViewOf, ProtectionAcceptedDto, ProtectVideoDto } from './drm-schemas';
import { ProtectVideo } from './protect-video';

/** Encryption of all media of a video. */
@ApiTags('videos')
@Controller(`${API_PREFIX}/videos/:id/drm`)
export class DrmController {
  constructor(
    private readonly access: VideoAccess,
    private readonly protection: ProtectVideo,
  ) {}

  @Post()
  @RequireScope('videos:write')
  @HttpCode(202)
  @Refuses({ 409: 'The video is not ready, or it is protected otherwise' })
  @ApiOperation({
    operationId: 'protectVideo',
    summary: 'Encrypt a ready video without encoding it again. There is no way back: clear media of it is never served again',
  })
  @ZodResponse({ status: 202, type: ProtectionAcceptedDto })
  async protect(@CallerParam() caller: Caller, @Param('id') id: string, @Body() body: ProtectVideoDto): Promise<ProtectionAcceptedDto> {
    const video = await this.access.find(caller, id);
    const asked = await this.protection.protect(video, drmRequestOf(body));
    return { video_id: video.videoId, drm: { ...drmViewOf(asked), state: 'pending' } };
  }

  @Delete()
  @RequireScope('videos:write')
  @ApiConflictResponse({ description: 'Always' })
  @ApiOperation({ operationId: 'unprotectVideo', summary: 'Always refused: clear media of a protected video does not come back' })
  async clear(@CallerParam() caller: Caller, @Param('id') id: string): Promise<never> {
    const { protection, encoding } = await this.access.find(caller, id);
    if (!protection && !encoding.drm) throw new Problem(409, 'VideoIsClear', 'This video is not protected.');
    throw new Problem(409, 'VideoIsProtected', 'Protection cannot be taken back; upload the video again to publish it clear.');
  }
}
