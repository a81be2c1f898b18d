import { Inject, Injectable } from '@nestjs/common';
import type { Client } from '@temporalio/client';
import type { Video } from '../../../infra/database/video';
import { VideosRepository } from '../../../infra/database/videos-repository';
import { cancelProcessVideo, removeProcessedVideo } from '../../../temporal/video-commands';
import type { ApiConfig } from '../api-settings';
import { API_CONFIG, TEMPORAL_CLIENT } from '../dependencies/tokens';
import { Problem } from '../problems/problem';
import { UploadProgress } from '../uploads/upload-progress';
import type { VideoEndedDto } from './operation-schemas';
import { commandOf } from './video-command';

/** Ends videos before they are ready, and removes what was made of them. Both can be repeated. */
@Injectable()
export class EndVideos {
  constructor(
    @Inject(API_CONFIG) private readonly config: ApiConfig,
    @Inject(TEMPORAL_CLIENT) private readonly temporal: Client,
    private readonly videos: VideosRepository,
    private readonly uploads: UploadProgress,
  ) {}

  /** Throws a 409 problem when the video is ready or removed. */
  async cancel(video: Video): Promise<VideoEndedDto> {
    if (video.status === 'ready' || video.status === 'removed') {
      throw new Problem(409, 'NothingToCancel', `There is nothing to cancel; the status of this video is ${video.status}.`, {
        extensions: { video_status: video.status },
      });
    }
    if (video.status === 'uploading') await this.uploads.cancel(video);
    // The workflow records the end once its tools are gone. Without one there is nothing to wait for.
    else if (video.status !== 'cancelled' && !(await cancelProcessVideo(this.temporal, video.videoId)))
      await this.videos.setCancelled(video);
    return this.now(video);
  }

  async remove(video: Video): Promise<VideoEndedDto> {
    if (video.status === 'uploading') await this.uploads.cancel(video);
    if (video.status === 'uploading' || video.workflowStartedAt === null) await this.videos.setRemoved(video.videoId);
    else if (video.status !== 'removed') {
      const { retryWindowMs } = this.config;
      await removeProcessedVideo(this.temporal, commandOf(video, { updateId: 'remove', retryWindowMs }));
    }
    return this.now(video);
  }

  private async now(video: Video): Promise<VideoEndedDto> {
    const current = await this.videos.find(video.videoId);
    return { video_id: video.videoId, status: current?.status ?? video.status };
  }
}
