import { Injectable } from '@nestjs/common';
import type { Video } from '../../../infra/database/video';
import { ObjectStore } from '../../../infra/object-store/object-store';
import { IngestOperations } from '../ingest/ingest-operations';
import { UploadProgress } from '../uploads/upload-progress';

/** Operations on videos whose original is not stored, or may not be. */
@Injectable()
export class UnstoredVideos {
  constructor(
    private readonly objects: ObjectStore,
    private readonly uploads: UploadProgress,
    private readonly pulls: IngestOperations,
  ) {}

  /** The video after its upload or pull was given up, or as it is when its original was stored before. */
  async giveUp(video: Video): Promise<Video> {
    if (video.uploadId === null) return this.pulls.giveUp(video);
    return video.status === 'uploading' ? this.uploads.giveUp(video) : video;
  }

  /** Lets a failed pull go on. Resolves to false for any other video. */
  retryPull(video: Video): Promise<boolean> {
    return this.pulls.retry(video);
  }

  /** An upload or a pull that was given up has no original to start from. */
  async wasGivenUp(video: Video): Promise<boolean> {
    return video.status === 'cancelled' && (await this.objects.head('originals', video.originalS3Key)) === null;
  }
}
