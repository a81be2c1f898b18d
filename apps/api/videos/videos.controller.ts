import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ZodResponse } from 'nestjs-zod';
import { VideoLists } from '../../../infra/database/video-lists';
import { API_PREFIX } from '../api-prefix';
import { CallerParam, creatorFilter, requireScope, type Caller } from '../auth/caller.decorator';
import { OpenStreams } from '../auth/open-streams';
import { RequireScope } from '../auth/scope.decorator';
import { MetadataFilter, TakesMetadataFilter } from '../metadata/metadata-filter';
import { Refuses } from '../open-api/refuses.decorator';
import { videoNotReady } from '../problems/video-not-ready';
import { VideoAccess } from './video-access';
import { sendProgress } from './send-progress';
import { VideoProgress } from './video-progress';
import { ListVideosDto, ManifestDto, VideoDto, VideoPageDto, VideoProgressDto } from './video-schemas';
import { VideoViews } from './video-view';
import { WatchedVideos } from './watched-videos';

@ApiTags('videos')
@Controller(`${API_PREFIX}/videos`)
export class VideosController {
  constructor(
    private readonly lists: VideoLists,
    private readonly access: VideoAccess,
    private readonly views: VideoViews,
    private readonly progress: VideoProgress,
  ) {}

  @Inject() private readonly streams!: OpenStreams;
  @Inject() private readonly watched!: WatchedVideos;

  @Get()
  @RequireScope('videos:read', 'moderate')
  @TakesMetadataFilter()
  @ApiOperation({ operationId: 'listVideos', summary: 'Videos, newest first, that pass all filters' })
  @ZodResponse({ status: 200, type: VideoPageDto })
  async list(
    @CallerParam() caller: Caller,
    @Query() query: ListVideosDto,
    @MetadataFilter() metadata: Record<string, string>,
  ): Promise<VideoPageDto> {
    const creatorId = creatorFilter(caller, query.creator_id);
    const { status, preset, title: titlePart, cursor, limit } = query;
    if (query.flagged !== undefined) requireScope(caller, ['moderate']);
    const isFlagged = query.flagged === undefined ? undefined : query.flagged === 'true';
    const createdFrom = query.created_from === undefined ? undefined : new Date(query.created_from);
    const createdBefore = query.created_before === undefined ? undefined : new Date(query.created_before);
    const filter = { status, creatorId, isFlagged, preset, createdFrom, createdBefore, titlePart, metadata };
    const { videos, nextCursor } = await this.lists.list({ ...filter, cursor, limit });
    return { videos: await this.views.many(videos, caller), next_cursor: nextCursor };
  }

  @Get(':id')
  @RequireScope('videos:read', 'moderate')
  @ApiOperation({ operationId: 'getVideo', summary: 'One video' })
  @ZodResponse({ status: 200, type: VideoDto })
  async get(@CallerParam() caller: Caller, @Param('id') id: string): Promise<VideoDto> {
    return this.views.one(await this.access.find(caller, id), caller);
  }

  @Get(':id/status')
  @RequireScope('videos:read')
  @ApiOperation({ operationId: 'getVideoStatus', summary: 'Progress of every step' })
  @ZodResponse({ status: 200, type: VideoProgressDto })
  async status(@CallerParam() caller: Caller, @Param('id') id: string): Promise<VideoProgressDto> {
    return this.progress.view(await this.access.find(caller, id));
  }

  @Get(':id/events')
  @RequireScope('videos:read')
  @ApiOperation({
    operationId: 'streamVideoEvents',
    summary: 'The status on every change, as server-sent events, until the status is final',
  })
  @ApiProduces('text/event-stream')
  async events(@CallerParam() caller: Caller, @Param('id') id: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const video = await this.access.find(caller, id);
    this.streams.watch(request, response);
    await sendProgress({ request, response }, { progress: this.progress, watched: this.watched }, video);
  }

  @Get(':id/manifest')
  @RequireScope('videos:read')
  @Refuses({ 409: 'The video cannot be played yet' })
  @ApiOperation({ operationId: 'getVideoManifest', summary: 'Playback URLs of a ready video' })
  @ZodResponse({ status: 200, type: ManifestDto })
  async manifest(@CallerParam() caller: Caller, @Param('id') id: string): Promise<ManifestDto> {
    const video = await this.access.find(caller, id);
    const manifest = this.views.manifest(video);
    if (!manifest) throw videoNotReady(video.status, `The video cannot be played; its status is ${video.status}.`);
    return manifest;
  }
}
