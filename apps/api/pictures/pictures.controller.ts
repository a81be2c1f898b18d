import { Body, Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { ZodResponse, ZodValidationException } from 'nestjs-zod';
import { z } from 'zod';
import { POSTER_TYPES } from '../../../infra/rasters/raster-source';
import { API_PREFIX } from '../api-prefix';
import { CallerParam, type Caller } from '../auth/caller.decorator';
import { RequireScope } from '../auth/scope.decorator';
import { Refuses } from '../open-api/refuses.decorator';
import { VideoAccess } from '../videos/video-access';
import { ChoosePictures } from './choose-pictures';
import { posterByTime, PosterAcceptedDto, RemakeThumbnailsDto, ThumbnailsAcceptedDto } from './picture-schemas';
import { thumbnailsOf, viewOfThumbnails } from './thumbnail-choice';

/** The body is a picture, or says in JSON at what time there is one. */
const BODY = {
  required: true,
  content: {
    'application/json': { schema: z.toJSONSchema(posterByTime, { io: 'input' }) as object, example: { at_seconds: 1 } },
    ...Object.fromEntries(POSTER_TYPES.map((type) => [type, { schema: { type: 'string' as const, format: 'binary' } }])),
  },
};

/** Posters and thumbnails of ready videos. */
@ApiTags('videos')
@Controller(`${API_PREFIX}/videos/:id`)
export class PicturesController {
  constructor(
    private readonly access: VideoAccess,
    private readonly pictures: ChoosePictures,
  ) {}

  @Post('poster')
  @RequireScope('videos:write')
  @HttpCode(202)
  @Refuses({ 409: 'The video is not ready, or it is protected' })
  @ApiOperation({
    operationId: 'choosePoster',
    summary: 'Choose the poster: a PNG or JPEG of at most 10 MiB, or the frame of a time',
    requestBody: BODY,
  })
  @ZodResponse({ status: 202, type: PosterAcceptedDto })
  async poster(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @Req() request: Request,
    @Body() body: unknown,
  ): Promise<PosterAcceptedDto> {
    const video = await this.access.find(caller, id);
    const type = POSTER_TYPES.find((one) => request.is(one));
    if (type && Buffer.isBuffer(body)) {
      await this.pictures.upload(video, { type, bytes: body });
      return { video_id: video.videoId, poster: { at_seconds: null } };
    }
    const result = posterByTime.safeParse(body);
    if (!result.success) throw new ZodValidationException(result.error);
    await this.pictures.frameAt(video, result.data.at_seconds);
    return { video_id: video.videoId, poster: result.data };
  }

  @Post('thumbnails')
  @RequireScope('videos:write')
  @HttpCode(202)
  @Refuses({ 409: 'The video is not ready, or it is protected' })
  @ApiOperation({
    operationId: 'remakeThumbnails',
    summary: 'Make the thumbnails of a ready video again at another interval, of its streams and without encoding them again',
  })
  @ZodResponse({ status: 202, type: ThumbnailsAcceptedDto })
  async thumbnails(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @Body() body: RemakeThumbnailsDto,
  ): Promise<ThumbnailsAcceptedDto> {
    const video = await this.access.find(caller, id);
    const thumbnails = thumbnailsOf(body);
    await this.pictures.remakeThumbnails(video, thumbnails);
    return { video_id: video.videoId, thumbnails: viewOfThumbnails(thumbnails) };
  }
}
