import { join } from 'node:path';
import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { Video } from '../../../infra/database/video';
import { Failure } from '../../../temporal/contract/failures';
import type { ApiConfig } from '../api-settings';
import { Public } from '../auth/public.decorator';
import { API_CONFIG } from '../dependencies/tokens';
import { PlayableVideos } from '../playback/playable-videos';
import { Problem } from '../problems/problem';
import { sendProgress } from '../videos/send-progress';
import { VideoLinks, type PlaybackPaths } from '../videos/video-links';
import { VideoProgress } from '../videos/video-progress';
import type { ProgressView } from '../videos/video-schemas';
import { WatchedVideos } from '../videos/watched-videos';
import type { TitleParts } from './parts-of';
import { TitlePartsReader } from './title-parts';
import { consoleFolder } from './watch-assets';

/** What the page shows, to all who have the address, and the token of a signed video. */
interface WatchInfo {
  title: string;
  durationSec: number | null;
  width: number | null;
  height: number | null;
  playback: PlaybackPaths | null;
  /** Where keys of a protected video are to be had; null where its player needs none or knows another place. */
  clearKeyUrl: string | null;
  temporalUiUrl: string | null;
  progress: ProgressView;
}

const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  // Shaka's controls set style attributes.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "font-src 'self' data:",
  "worker-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
  // A page of this service may show it in a frame of its own.
  "frame-ancestors 'self'",
].join('; ');

@ApiExcludeController()
@Public()
@Controller('watch')
export class WatchController {
  private readonly page = join(consoleFolder(), 'watch.html');

  constructor(
    private readonly videos: PlayableVideos,
    private readonly links: VideoLinks,
    private readonly progress: VideoProgress,
    @Inject(API_CONFIG) private readonly config: ApiConfig,
  ) {}

  @Inject() private readonly watched!: WatchedVideos;
  @Inject() private readonly titleParts!: TitlePartsReader;

  /** The same page for every id: it says itself when there is no such video, and waits while the service cannot tell. */
  @Get(':id')
  async open(@Param('id') id: string, @Query('token') token: unknown, @Res() response: Response): Promise<void> {
    response.status((await this.isMissing(id, tokenOf(token))) ? 404 : 200);
    response.set({ 'Content-Security-Policy': CONTENT_SECURITY_POLICY, 'Cache-Control': 'no-cache', 'Referrer-Policy': 'no-referrer' });
    response.sendFile(this.page);
  }

  @Get(':id/info')
  async info(@Param('id') id: string, @Query('token') query: unknown): Promise<WatchInfo> {
    const token = tokenOf(query);
    return this.infoOf(await this.videos.find(id, token), token);
  }

  /** Of a title that plays while it is encoded. */
  @Get(':id/parts')
  async parts(@Param('id') id: string, @Query('token') token: unknown): Promise<TitleParts> {
    return this.titleParts.of(await this.videos.find(id, tokenOf(token)));
  }

  @Get(':id/events')
  async events(@Param('id') id: string, @Query('token') token: unknown, @Req() request: Request, @Res() response: Response): Promise<void> {
    const { progress, watched } = this;
    await sendProgress({ request, response }, { progress, watched }, await this.videos.find(id, tokenOf(token)));
  }

  /** The page itself says that a signed video needs a token. */
  private async isMissing(id: string, token: string | null): Promise<boolean> {
    try {
      await this.videos.find(id, token);
      return false;
    } catch (error) {
      if (error instanceof Problem) return error.status === 404;
      if (error instanceof Failure) return false;
      throw error;
    }
  }

  private async infoOf(video: Video, token: string | null): Promise<WatchInfo> {
    return {
      title: video.title,
      durationSec: video.durationSec,
      width: video.originalWidth,
      height: video.originalHeight,
      playback: this.links.playback(video, token),
      clearKeyUrl: this.config.hasClearKey && video.protection ? this.links.clearKey(video) : null,
      // An internal address: with keys there are people who may see the page and not the operator's tools.
      temporalUiUrl: this.config.access.isAnonymous ? this.links.temporalUi(video) : null,
      progress: await this.progress.view(video),
    };
  }
}

/** A repeated parameter comes as an array, and is no token. */
function tokenOf(query: unknown): string | null {
  return typeof query === 'string' ? query : null;
}
