import { Inject, Injectable } from '@nestjs/common';
import type { Client } from '@temporalio/client';
import type { Video } from '../../../infra/database/video';
import { isUnderWay } from '../../../infra/database/video-status';
import { VideosRepository } from '../../../infra/database/videos-repository';
import type { RetryAccepted } from '../../../temporal/contract/messages';
import { walkOf } from '../../../temporal/contract/pipeline';
import type { Step } from '../../../temporal/contract/steps';
import { retryProcessVideo } from '../../../temporal/video-commands';
import type { ApiConfig } from '../api-settings';
import { API_CONFIG, TEMPORAL_CLIENT } from '../dependencies/tokens';
import { commandOf } from './video-command';

/** Asks the workflow of a video to go on from a step. */
@Injectable()
export class RetryRuns {
  constructor(
    @Inject(API_CONFIG) private readonly config: ApiConfig,
    @Inject(TEMPORAL_CLIENT) private readonly temporal: Client,
    private readonly videos: VideosRepository,
  ) {}

  /**
   * Resolves to null when the run cannot be retried. A retry that makes a new plan follows the steps of this release. Throws
   * `WorkflowUnavailable`.
   */
  retry(video: Video, fromStep: Step, key: string): Promise<RetryAccepted | null> {
    const command = commandOf(video, { updateId: `retry ${key}`, retryWindowMs: this.config.retryWindowMs });
    return retryProcessVideo(this.temporal, command, { fromStep, walk: walkOf(video.encoding) }, () => this.mayBeEnding(video));
  }

  /**
   * A run writes its status before it ends or waits, and a cancelled one clears up behind it. A row that has changed since was
   * retried by another caller.
   */
  private async mayBeEnding({ videoId, status }: Video): Promise<boolean> {
    return !isUnderWay(status) && (await this.videos.find(videoId))?.status === status;
  }
}
