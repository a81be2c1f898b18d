import { Injectable } from '@nestjs/common';
import type { Video } from '../../../infra/database/video';
import { VideosRepository } from '../../../infra/database/videos-repository';
import type { Caller } from '../auth/caller.decorator';
import { videoNotFound } from '../problems/problem';
import { videoIdOf } from './video-id';

/** Finds videos for callers. What a caller may not see does not exist for them. */
@Injectable()
export class VideoAccess {
  constructor(private readonly videos: VideosRepository) {}

  /** Throws a 404 problem. */
  async find(caller: Caller, videoId: string): Promise<Video> {
    const video = await this.findPublic(videoId);
    if (!caller.seesAllVideos && video.creatorId !== caller.creatorId) throw videoNotFound();
    return video;
  }

  /** For pages that anyone with the address may open. Throws a 404 problem. */
  async findPublic(videoId: string): Promise<Video> {
    const id = videoIdOf(videoId);
    const video = id === null ? null : await this.videos.find(id);
    if (!video) throw videoNotFound();
    return video;
  }
}
