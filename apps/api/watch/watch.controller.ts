import { join } from 'node:path';
import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import type { Video } from '../../../infra/database/video';
import { Public } from '../auth/public.decorator';
import { sendEvents } from '../videos/event-stream';
import { VideoAccess } from '../videos/video-access';
import { VideoLinks, type PlaybackPaths } from '../videos/video-links';
import { isFinal, VideoProgress } from '../videos/video-progress';
import type { ProgressView } from '../videos/video-schemas';
import { consoleFolder } from './watch-assets';

/** What the page shows, to anyone who knows the address. */
interface WatchInfo {
  title: string;
  durationSec: number | null;
  width: number | null;
  height: number | null;
  playback: PlaybackPaths | null;
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
].join('; ');

@ApiExcludeController()
@Public()
@Controller('watch')
export class WatchController {
  private readonly page = join(consoleFolder(), 'watch.html');

  constructor(
    private readonly access: VideoAccess,
    private readonly links: VideoLinks,
    private readonly progress: VideoProgress,
  ) {}

  /** The same page for every id: it says itself when there is no such video. */
  @Get(':id')
  open(@Res() response: Response): void {
    response.set({ 'Content-Security-Policy': CONTENT_SECURITY_POLICY, 'Cache-Control': 'no-cache', 'Referrer-Policy': 'no-referrer' });
    response.sendFile(this.page);
  }

  @Get(':id/info')
  async info(@Param('id') id: string): Promise<WatchInfo> {
    const video = await this.access.findPublic(id);
    return this.infoOf(video);
  }

  @Get(':id/events')
  async events(@Param('id') id: string, @Res() response: Response): Promise<void> {
    const video = await this.access.findPublic(id);
    sendEvents(response, this.progress.watch(video.videoId), isFinal);
  }

  private async infoOf(video: Video): Promise<WatchInfo> {
    return {
      title: video.title,
      durationSec: video.durationSec,
      width: video.originalWidth,
      height: video.originalHeight,
      playback: this.links.playback(video),
      temporalUiUrl: this.links.temporalUi(video),
      progress: await this.progress.view(video),
    };
  }
}
