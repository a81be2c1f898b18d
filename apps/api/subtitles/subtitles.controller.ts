import { Body, Controller, Delete, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { ZodResponse } from 'nestjs-zod';
import { z } from 'zod';
import type { SubtitleRow } from '../../../infra/database/subtitles/subtitles-repository';
import { API_PREFIX } from '../api-prefix';
import { CallerParam, type Caller } from '../auth/caller.decorator';
import { RequireScope } from '../auth/scope.decorator';
import { Refuses } from '../open-api/refuses.decorator';
import { VideoAccess } from '../videos/video-access';
import { ChangeSubtitles } from './change-subtitles';
import { FORM_TYPE, sentSubtitles } from './subtitle-request';
import { AddedSubtitleDto, createSubtitles, subtitleFields, SubtitlesDto } from './subtitle-schemas';

const schemaOf = (schema: z.ZodType) => z.toJSONSchema(schema, { io: 'input' }) as object;
const file = z.object({ file: z.string().meta({ format: 'binary' }) });

const EXAMPLE = { language: 'en', format: 'vtt', content: 'WEBVTT\n\n00:00.000 --> 00:02.000\nHello.\n' };

/** The body says everything in JSON, or is a form with the file. */
const BODY = {
  required: true,
  content: {
    'application/json': { schema: schemaOf(createSubtitles), example: EXAMPLE },
    [FORM_TYPE]: { schema: schemaOf(subtitleFields.extend(file.shape).partial({ format: true })) },
  },
};

/** Text tracks of videos. */
@ApiTags('subtitles')
@Controller(`${API_PREFIX}/videos/:id/subtitles`)
export class SubtitlesController {
  constructor(
    private readonly access: VideoAccess,
    private readonly subtitles: ChangeSubtitles,
  ) {}

  @Post()
  @RequireScope('videos:write')
  @Refuses({ 409: 'The video is over, or has all text tracks that it may have' })
  @ApiOperation({
    operationId: 'addSubtitles',
    summary: 'Add subtitles in WebVTT or SubRip, before or after the video is ready; nothing is encoded again',
    requestBody: BODY,
  })
  @ZodResponse({ status: 201, type: AddedSubtitleDto })
  async add(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @Req() request: Request,
    @Body() body: unknown,
  ): Promise<AddedSubtitleDto> {
    const video = await this.access.find(caller, id);
    const { row, encoding, warnings } = await this.subtitles.add(video, await sentSubtitles(request, body));
    return { ...view(row), encoding, warnings };
  }

  @Get()
  @RequireScope('videos:read')
  @ApiOperation({ operationId: 'listSubtitles', summary: 'The text tracks of a video, uploaded ones and those of its source' })
  @ZodResponse({ status: 200, type: SubtitlesDto })
  async list(@CallerParam() caller: Caller, @Param('id') id: string): Promise<SubtitlesDto> {
    const rows = await this.subtitles.list(await this.access.find(caller, id));
    return { subtitles: rows.map(view) };
  }

  @Delete(':subtitleId')
  @RequireScope('videos:write')
  @HttpCode(204)
  @Refuses({ 409: 'The video is over' })
  @ApiOperation({ operationId: 'removeSubtitles', summary: 'Take subtitles out of the manifests; their objects go a day later' })
  async remove(@CallerParam() caller: Caller, @Param('id') id: string, @Param('subtitleId') subtitleId: string): Promise<void> {
    await this.subtitles.remove(await this.access.find(caller, id), subtitleId);
  }
}

function view({ subtitleId, language, label, kind, origin, cueCount, createdAt }: SubtitleRow) {
  return { subtitle_id: subtitleId, language, label, kind, origin, cue_count: cueCount, created_at: createdAt.toISOString() };
}
