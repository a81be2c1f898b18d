import { Inject, Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { Client } from '@temporalio/client';
import type { Video } from '../../../infra/database/video';
import { VideoLists } from '../../../infra/database/video-lists';
import { VideosRepository } from '../../../infra/database/videos-repository';
import { Failure } from '../../../temporal/contract/failures';
import { startProcessVideo } from '../../../temporal/client';
import type { ApiConfig } from '../api-settings';
import { API_CONFIG, TEMPORAL_CLIENT } from '../dependencies/tokens';
import { describeForLog } from '../problems/describe-error';

const SWEEP_INTERVAL_MS = 5_000;
const SWEEP_BATCH = 100;

/** Starts the workflows of uploaded videos: at once, and later for those that the workflow service was away for. */
@Injectable()
export class WorkflowStarter implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('WorkflowStarter');
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> | undefined;

  constructor(
    @Inject(API_CONFIG) private readonly config: ApiConfig,
    @Inject(TEMPORAL_CLIENT) private readonly temporal: Client,
    private readonly videos: VideosRepository,
    private readonly lists: VideoLists,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.sweeping ??= this.sweep().finally(() => (this.sweeping = undefined));
    }, SWEEP_INTERVAL_MS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.sweeping;
  }

  /** Starts now if that is possible; if not, the sweep tries again. */
  async tryStart(video: Video): Promise<void> {
    await this.start(video).catch((error: unknown) => this.logDelay(video, error));
  }

  /** One video that cannot be started does not hold up the others; a service that is away does. */
  private async sweep(): Promise<void> {
    try {
      for (const video of await this.lists.listNotStarted(SWEEP_BATCH)) {
        await this.start(video).catch((error: unknown) => {
          if (error instanceof Failure) throw error;
          this.logDelay(video, error);
        });
      }
    } catch (error) {
      this.logger.warn(`uploaded videos wait: ${describeForLog(error)}`);
    }
  }

  private async start(video: Video): Promise<void> {
    const { videoId, generation, creatorId, priority, walk } = video;
    const about = { title: video.title, sizeBytes: video.fileSizeBytes };
    const { retryWindowMs } = this.config;
    await startProcessVideo(this.temporal, { videoId, generation, creatorId, priority, walk, retryWindowMs }, about);
    await this.videos.setWorkflowStarted(videoId);
  }

  private logDelay(video: Video, error: unknown): void {
    this.logger.warn(`the workflow of ${video.videoId} is not started yet: ${describeForLog(error)}`);
  }
}
