import { ulid } from 'ulid';
import type { NewVideo } from '../video';

/** A valid row with the given differences. */
export function newVideo(differences: Partial<NewVideo>): NewVideo {
  const videoId = differences.videoId ?? ulid();
  return {
    videoId,
    creatorId: 'creator',
    title: 'A title',
    filename: 'film.mp4',
    contentType: 'video/mp4',
    originalS3Key: `${videoId}/original.mp4`,
    fileSizeBytes: 1000,
    preset: 'standard',
    priority: 'normal',
    uploadId: 'upload',
    uploadPartSize: 104_857_600,
    idempotencyKey: null,
    codecs: ['h264'],
    encoding: { isStrict: false, families: {} },
    ...differences,
  };
}
