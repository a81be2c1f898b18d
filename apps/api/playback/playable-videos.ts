import { Injectable } from '@nestjs/common';
import type { Video } from '../../../infra/database/video';
import { VideoAccess } from '../videos/video-access';
import { PlaybackTokens } from './playback-tokens';

/** Finds videos for viewers, who have an address and no API key. */
@Injectable()
export class PlayableVideos {
  constructor(
    private readonly access: VideoAccess,
    private readonly tokens: PlaybackTokens,
  ) {}

  /** Throws a 404 problem, and 403 for a signed video without a valid token. */
  async find(id: string, token: string | null): Promise<Video> {
    const video = await this.access.findPublic(id);
    await this.tokens.open(video.videoId, token);
    return video;
  }
}
