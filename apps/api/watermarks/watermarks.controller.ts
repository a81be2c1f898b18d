import { Body, Controller, Delete, Get, Header, HttpCode, Param, Post, Req, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { ZodResponse, ZodValidationException } from 'nestjs-zod';
import { z } from 'zod';
import type { WatermarkRow } from '../../../infra/database/watermarks-repository';
import { PICTURE_TYPES } from '../../../infra/rasters/raster-source';
import { API_PREFIX } from '../api-prefix';
import { CallerParam, type Caller } from '../auth/caller.decorator';
import { RequireScope } from '../auth/scope.decorator';
import { Watermarks } from './watermarks';
import { createWatermark, schemaFor, WatermarkDto, WatermarksDto, type CreateWatermark } from './watermark-schemas';

/** The body is a picture, or says in JSON where one is. */
const BODY = {
  required: true,
  content: {
    'application/json': { schema: z.toJSONSchema(createWatermark, { io: 'input' }) as object, example: { text: 'sprocket' } },
    ...Object.fromEntries(PICTURE_TYPES.map((type) => [type, { schema: { type: 'string' as const, format: 'binary' } }])),
  },
};

/** Pictures and texts that uploads may have drawn on their videos. */
@ApiTags('watermarks')
@Controller(`${API_PREFIX}/watermarks`)
export class WatermarksController {
  constructor(private readonly watermarks: Watermarks) {}

  @Post()
  @RequireScope('videos:write')
  @ApiOperation({
    operationId: 'createWatermark',
    summary: 'Add a watermark: a PNG, JPEG or SVG of at most 2 MiB, or a text',
    requestBody: BODY,
  })
  @ZodResponse({ status: 201, type: WatermarkDto })
  async create(@CallerParam() caller: Caller, @Req() request: Request, @Body() body: unknown): Promise<WatermarkDto> {
    return view(await this.watermarks.create(caller, requestOf(request, body)));
  }

  @Get()
  @RequireScope('videos:read')
  @ApiOperation({ operationId: 'listWatermarks', summary: 'The newest hundred watermarks' })
  @ZodResponse({ status: 200, type: WatermarksDto })
  async list(@CallerParam() caller: Caller): Promise<WatermarksDto> {
    return { watermarks: (await this.watermarks.list(caller)).map(view) };
  }

  @Get(':id')
  @RequireScope('videos:read')
  @ApiOperation({ operationId: 'getWatermark', summary: 'A watermark' })
  @ZodResponse({ status: 200, type: WatermarkDto })
  async find(@CallerParam() caller: Caller, @Param('id') id: string): Promise<WatermarkDto> {
    return view(await this.watermarks.find(caller, id));
  }

  @Get(':id/image')
  @RequireScope('videos:read')
  @Header('Content-Type', 'image/png')
  @ApiProduces('image/png')
  @ApiOperation({ operationId: 'getWatermarkImage', summary: 'The PNG that is drawn' })
  async image(@CallerParam() caller: Caller, @Param('id') id: string): Promise<StreamableFile> {
    return new StreamableFile(await this.watermarks.png(caller, id));
  }

  @Delete(':id')
  @RequireScope('videos:write')
  @HttpCode(204)
  @ApiOperation({ operationId: 'deleteWatermark', summary: 'Remove a watermark; videos that have it keep it' })
  async remove(@CallerParam() caller: Caller, @Param('id') id: string): Promise<void> {
    await this.watermarks.remove(caller, id);
  }
}

/** Throws a 422 problem. */
function requestOf(request: Request, body: unknown): CreateWatermark {
  const type = PICTURE_TYPES.find((one) => request.is(one));
  if (type && Buffer.isBuffer(body)) return { content_type: type, image_base64: body.toString('base64') };
  const result = schemaFor(body).safeParse(body);
  if (!result.success) throw new ZodValidationException(result.error);
  return result.data;
}

function view({ watermarkId, creatorId, text, width, height, sizeBytes, rasterSha256, createdAt }: WatermarkRow): WatermarkDto {
  const about = { watermark_id: watermarkId, creator_id: creatorId, text, width, height };
  return { ...about, size_bytes: sizeBytes, sha256: rasterSha256, created_at: createdAt.toISOString() };
}
