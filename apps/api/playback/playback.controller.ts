import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { API_PREFIX } from '../api-prefix';
import { CallerParam, type Caller } from '../auth/caller.decorator';
import { RequireScope } from '../auth/scope.decorator';
import { Refuses } from '../open-api/refuses.decorator';
import { videoNotReady } from '../problems/video-not-ready';
import { VideoAccess } from '../videos/video-access';
import { streamPath, VideoLinks } from '../videos/video-links';
import { CreatePlaybackTokenDto, PlaybackTokenDto, type PlaybackTokenView } from './playback-schemas';
import { isOpenedBy, type PlaybackGrant } from './playback-token';
import { PlaybackTokens } from './playback-tokens';

/** Addresses of signed videos for one viewer. */
@ApiTags('videos')
@Controller(`${API_PREFIX}/videos/:id/playback-token`)
export class PlaybackController {
  constructor(
    private readonly access: VideoAccess,
    private readonly links: VideoLinks,
    private readonly tokens: PlaybackTokens,
  ) {}

  @Post()
  @HttpCode(200)
  @RequireScope('videos:read')
  @Refuses({ 409: 'The video cannot be played yet' })
  @ApiOperation({
    operationId: 'createPlaybackToken',
    summary: 'A token for a viewer, with addresses that play a signed video until it expires',
  })
  @ZodResponse({ status: 200, type: PlaybackTokenDto })
  async create(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @Body() { expires_in: lifeSeconds, path_prefix: pathPrefix = '' }: CreatePlaybackTokenDto,
  ): Promise<PlaybackTokenView> {
    const video = await this.access.find(caller, id);
    const grant: PlaybackGrant = { videoId: video.videoId, expiresAt: Math.floor(Date.now() / 1000) + lifeSeconds, pathPrefix };
    const token = this.tokens.sign(grant);
    const paths = this.links.playback(video, token);
    if (!paths) throw videoNotReady(video.status, `The video cannot be played; its status is ${video.status}.`);
    const folder = streamPath(`${video.videoId}/`, token);
    const url = (path: string | null) => (path !== null && isOpenedBy(grant, path.slice(folder.length)) ? this.links.absolute(path) : null);
    return {
      video_id: video.videoId,
      token,
      expires_at: new Date(grant.expiresAt * 1000).toISOString(),
      hls_url: url(paths.hls),
      dash_url: url(paths.dash),
      hls_ts_url: url(paths.hlsTs),
      thumbnail_url: url(paths.poster),
      watch_url: `${this.links.watch(video)}?token=${token}`,
    };
  }
}
