import type { Video } from '../../../infra/database/video';
import type { UploadRef } from '../../../infra/object-store/multipart-uploads';
import { Problem } from '../problems/problem';

export interface OpenUpload extends UploadRef {
  partSizeBytes: number;
}

/** Where the parts of a video go. Throws a 409 problem for a video that did not come through an upload. */
export function openUpload(video: Video): OpenUpload {
  if (video.uploadId === null || video.uploadPartSize === null) throw new Problem(409, 'NoUpload', 'This video has no upload.');
  return { key: video.originalS3Key, uploadId: video.uploadId, partSizeBytes: video.uploadPartSize };
}

/** Throws a 409 problem unless parts can still be sent. */
export function refuseUnlessUploading(video: Video): void {
  if (video.status === 'uploading') return;
  throw new Problem(409, 'UploadEnded', `The upload of this video is over; its status is ${video.status}.`, {
    extensions: { video_status: video.status },
  });
}

/** Throws a 409 problem for an upload that was given up: a repeated request must not look as if it could go on. */
export function refuseEndedUpload(video: Video): void {
  if (video.status === 'cancelled' || video.status === 'removed') refuseUnlessUploading(video);
}

/** The store gave up an upload that rested too long. */
export function uploadExpired(): Problem {
  return new Problem(409, 'UploadExpired', 'This upload has expired or was removed from storage; start a new one.');
}
