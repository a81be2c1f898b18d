import { Injectable } from '@nestjs/common';
import type { Video } from '../../../infra/database/video';
import { VideosRepository } from '../../../infra/database/videos-repository';
import { MultipartUploads } from '../../../infra/object-store/multipart-uploads';
import { ObjectStore } from '../../../infra/object-store/object-store';
import { walkOf } from '../../../temporal/contract/pipeline';
import { Problem } from '../problems/problem';
import { openUpload, refuseEndedUpload, uploadExpired, type OpenUpload } from './open-upload';
import { compareParts, reasonNotComplete } from './parts/received-parts';
import type { UploadCompletedDto } from './upload-schemas';
import { WorkflowStarter } from './workflow-starter';

/** Ends uploads. Every step can be repeated, by the same client or by two at a time, and after a crash between any two. */
@Injectable()
export class CompleteUpload {
  constructor(
    private readonly videos: VideosRepository,
    private readonly uploads: MultipartUploads,
    private readonly store: ObjectStore,
    private readonly starter: WorkflowStarter,
  ) {}

  async complete(video: Video): Promise<UploadCompletedDto> {
    refuseEndedUpload(video);
    if (video.status === 'uploading') {
      await this.join(video, openUpload(video));
      await this.videos.setUploaded(video.videoId, walkOf(video.encoding));
    }
    const current = (await this.videos.find(video.videoId)) ?? video;
    // A cancellation or a removal came in between.
    refuseEndedUpload(current);
    if (current.status === 'uploaded') await this.starter.tryStart(current);
    return { video_id: current.videoId, status: current.status };
  }

  /** Makes the original from its parts, after they were found to be the announced file. */
  private async join(video: Video, upload: OpenUpload): Promise<void> {
    const stored = await this.uploads.listParts(upload);
    const received = stored && compareParts(video.fileSizeBytes, upload.partSizeBytes, stored);
    const reason = received && reasonNotComplete(received, video.fileSizeBytes);
    if (received && reason === null && (await this.uploads.complete(upload, received.parts))) return;
    // Another call may have completed it: stores make the object, then remove its parts one after the other.
    const original = await this.store.head('originals', video.originalS3Key);
    if (original?.sizeBytes === video.fileSizeBytes) return;
    if (!received || reason === null) throw uploadExpired();
    throw new Problem(received.missingParts.length > 0 ? 409 : 422, 'UploadIncomplete', reason, {
      extensions: { missing_parts: received.missingParts, wrong_parts: received.wrongParts },
    });
  }
}
