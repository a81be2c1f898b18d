import { Body, Controller, Delete, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { CODEC_FAMILY_NAMES } from '../../../temporal/contract/media/families';
import { API_PREFIX } from '../api-prefix';
import { CallerParam, type Caller } from '../auth/caller.decorator';
import { RequireScope } from '../auth/scope.decorator';
import { Refuses } from '../open-api/refuses.decorator';
import { Problem } from '../problems/problem';
import { VideoAccess } from '../videos/video-access';
import { ChangeFamilies } from './change-families';
import { AddFamiliesDto, codecFamily, FamiliesAcceptedDto } from './family-schemas';

/** Codec families beside the one that a title is published in first. */
@ApiTags('videos')
@Controller(`${API_PREFIX}/videos/:id/families`)
export class FamiliesController {
  constructor(
    private readonly access: VideoAccess,
    private readonly families: ChangeFamilies,
  ) {}

  @Post()
  @RequireScope('videos:write')
  @HttpCode(202)
  @Refuses({ 409: 'The video is not ready, or it has the family' })
  @ApiOperation({
    operationId: 'addFamilies',
    summary: 'Add codec families to a ready video, or try one again that has failed; its manifests stay the same addresses',
  })
  @ZodResponse({ status: 202, type: FamiliesAcceptedDto })
  async add(@CallerParam() caller: Caller, @Param('id') id: string, @Body() body: AddFamiliesDto): Promise<FamiliesAcceptedDto> {
    const video = await this.access.find(caller, id);
    return { video_id: video.videoId, families: await this.families.add(video, body.codecs) };
  }

  @Delete(':codec')
  @RequireScope('videos:write')
  @HttpCode(202)
  @ApiParam({ name: 'codec', enum: CODEC_FAMILY_NAMES })
  @Refuses({ 409: 'The video was published in this family first', 422: 'There is no such family' })
  @ApiOperation({
    operationId: 'removeFamily',
    summary: 'Take a codec family out of the manifests, or stop making it; its objects go a day later',
  })
  @ZodResponse({ status: 202, type: FamiliesAcceptedDto })
  async remove(@CallerParam() caller: Caller, @Param('id') id: string, @Param('codec') codec: string): Promise<FamiliesAcceptedDto> {
    const video = await this.access.find(caller, id);
    const family = codecFamily.safeParse(codec);
    if (!family.success) {
      throw new Problem(422, 'ValidationFailed', `There is no codec family of this name; there are ${CODEC_FAMILY_NAMES.join(', ')}.`);
    }
    return { video_id: video.videoId, families: await this.families.remove(video, family.data) };
  }
}
