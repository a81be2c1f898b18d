import { Inject, Injectable } from '@nestjs/common';
import type { Client } from '@temporalio/client';
import type { Video } from '../../../infra/database/video';
import { VideosRepository } from '../../../infra/database/videos-repository';
import { cancelProcessVideo, removeProcessedVideo } from '../../../temporal/video-commands';
import { hasVideoRun, isVideoRunning } from '../../../temporal/video-runs';
import type { ApiConfig } from '../api-settings';
import { API_CONFIG, TEMPORAL_CLIENT } from '../dependencies/tokens';
import { Problem } from '../problems/problem';
import type { VideoEndedDto } from './operation-schemas';
import { UnstoredVideos } from './unstored-videos';
import { commandOf } from './video-command';

/** Ends videos before they are ready, and removes what was made of them. Both can be repeated. */
@Injectable()
export class EndVideos {
  constructor(
    @Inject(API_CONFIG) private readonly config: ApiConfig,
    @Inject(TEMPORAL_CLIENT) private readonly temporal: Client,
    private readonly videos: VideosRepository,
    private readonly unstored: UnstoredVideos,
  ) {}

  /** Throws a 409 problem when the video is ready or removed. */
  async cancel(asked: Video): Promise<VideoEndedDto> {
    const video = await this.unstored.giveUp(asked);
    if (video.status === 'ready' || video.status === 'removed') {
      throw new Problem(409, 'NothingToCancel', `There is nothing to cancel; the status of this video is ${video.status}.`, {
        extensions: { video_status: video.status },
      });
    }
    // The workflow records the end once its tools are gone. Without one there is nothing to wait for.
    if (video.status !== 'cancelled' && !(await cancelProcessVideo(this.temporal, video.videoId))) await this.videos.setCancelled(video);
    return this.now(video);
  }

  /**
   * A video that any run has touched is removed by its workflow, with all that was made. The row can be behind a run that a retry
   * has just started, and the workflow service forgets old runs, so both are asked. The service is asked again once the row says
   * `removed`, because from then on no run goes beyond its first step.
   */
  async remove(asked: Video): Promise<VideoEndedDto> {
    const video = await this.unstored.giveUp(asked);
    if (video.status !== 'removed' && (wasRun(video) || (await hasVideoRun(this.temporal, video.videoId)))) await this.removeOutputs(video);
    else {
      await this.videos.setRemoved(video.videoId);
      if (await isVideoRunning(this.temporal, video.videoId)) await this.removeOutputs(video);
    }
    return this.now(video);
  }

  private async removeOutputs(video: Video): Promise<void> {
    const { retryWindowMs } = this.config;
    await removeProcessedVideo(this.temporal, commandOf(video, { updateId: 'remove', retryWindowMs }));
  }

  private async now(video: Video): Promise<VideoEndedDto> {
    const current = await this.videos.find(video.videoId);
    return { video_id: video.videoId, status: current?.status ?? video.status };
  }
}

/** A run was started, or has begun, as far as the row knows. */
function wasRun({ workflowStartedAt, startedAt }: Video): boolean {
  return workflowStartedAt !== null || startedAt !== null;
}
