import { Injectable } from '@nestjs/common';
import { IngestRepository } from '../../../infra/database/ingest/ingest-repository';
import type { Video } from '../../../infra/database/video';
import { VideosRepository } from '../../../infra/database/videos-repository';
import { MultipartUploads } from '../../../infra/object-store/multipart-uploads';
import type { VideoStatus } from '../../../temporal/contract/steps';
import { IngestStarter } from './ingest-starter';

/** Of a video whose original is not stored. */
const BEFORE_A_RUN: readonly VideoStatus[] = ['uploading', 'failed', 'cancelled'];

/** Ends pulls and lets them go on. */
@Injectable()
export class IngestOperations {
  constructor(
    private readonly rows: IngestRepository,
    private readonly videos: VideosRepository,
    private readonly uploads: MultipartUploads,
    private readonly starter: IngestStarter,
  ) {}

  /** Cancels a pull that waits, runs or has failed, and frees its parts. Resolves to the video as it is then; an uploaded or pulled one is not touched. */
  async giveUp(video: Video): Promise<Video> {
    const source = isPull(video) && BEFORE_A_RUN.includes(video.status) ? await this.rows.find(video.videoId) : null;
    if (!source || source.state === 'done') return video;
    if (video.status === 'failed') await this.videos.setCancelled(video);
    else await this.videos.setUploadCancelled(video.videoId);
    const now = (await this.videos.find(video.videoId)) ?? video;
    // Its original was stored in between.
    if (now.status !== 'cancelled') return now;
    if (source.startedAt !== null) await this.starter.cancel(source);
    // A worker that is behind sees the state of the video and frees what it has begun since.
    const { uploadId } = (await this.rows.find(video.videoId)) ?? source;
    if (uploadId !== null) await this.uploads.abort({ key: video.originalS3Key, uploadId });
    return now;
  }

  /** Lets a failed pull go on with the parts that it has. Resolves to false for any other video. */
  async retry(video: Video): Promise<boolean> {
    if (!isPull(video) || video.status !== 'failed' || !(await this.rows.reopen(video.videoId))) return false;
    await this.starter.turn();
    return true;
  }
}

/** Whether the video may have a source: uploads name their upload. */
function isPull({ uploadId }: Video): boolean {
  return uploadId === null;
}
