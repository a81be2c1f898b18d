import { Body, Controller, Param, Patch } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { createZodDto, ZodResponse } from 'nestjs-zod';
import { z } from 'zod';
import { VideoDetailsRepository, type VideoDetails } from '../../../infra/database/metadata/video-details';
import { API_PREFIX } from '../api-prefix';
import { CallerParam, type Caller } from '../auth/caller.decorator';
import { RequireScope } from '../auth/scope.decorator';
import { Problem, videoNotFound } from '../problems/problem';
import { shownTitle, titleSchema } from '../uploads/start/title';
import { VideoAccess } from '../videos/video-access';
import { VideoDto } from '../videos/video-schemas';
import { VideoViews } from '../videos/video-view';
import { changedMetadata, metadataChange } from './metadata-schemas';

const changeVideo = z
  .strictObject({ title: titleSchema.optional(), metadata: metadataChange.optional() })
  .meta({ id: 'ChangeVideo', 'x-example': { title: 'Holiday by the sea', metadata: { campaign: 'spring' } } });

class ChangeVideoDto extends createZodDto(changeVideo) {}

/** What people say about a video. */
@ApiTags('videos')
@Controller(`${API_PREFIX}/videos/:id`)
export class DetailsController {
  constructor(
    private readonly access: VideoAccess,
    private readonly details: VideoDetailsRepository,
    private readonly views: VideoViews,
  ) {}

  @Patch()
  @RequireScope('videos:write')
  @ApiOperation({ operationId: 'changeVideo', summary: 'Change the title and the metadata of a video, whatever its status' })
  @ZodResponse({ status: 200, type: VideoDto })
  async change(@CallerParam() caller: Caller, @Param('id') id: string, @Body() body: ChangeVideoDto): Promise<VideoDto> {
    const { videoId } = await this.access.find(caller, id);
    if (!(await this.details.change(videoId, (details) => changed(details, body)))) throw videoNotFound();
    return this.views.one(await this.access.find(caller, videoId), caller);
  }
}

/** Throws a 422 problem. */
function changed(details: VideoDetails, { title, metadata = {} }: ChangeVideoDto): VideoDetails {
  const pairs = changedMetadata(details.metadata, metadata);
  if (!pairs) throw new Problem(422, 'TooMuchMetadata', 'A video has at most 50 pairs of metadata; send null for those that can go.');
  return { title: title === undefined ? details.title : shownTitle(title), metadata: pairs };
}
