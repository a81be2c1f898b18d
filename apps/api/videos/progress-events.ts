import type { Request, Response } from 'express';
import type { Video } from '../../../infra/database/video';
import { sendEvents } from './event-stream';
import { isFinal, type VideoProgress } from './video-progress';

/** Answers with the progress of a video as server-sent events. */
export function sendProgress(http: { request: Request; response: Response }, progress: VideoProgress, video: Video): Promise<void> {
  return sendEvents(http.request, http.response, {
    current: () => progress.view(video),
    values: progress.watch(video.videoId),
    isLast: isFinal,
    // The estimate moves with the clock and is no change.
    essence: (view) => ({ ...view, estimated_completion: null }),
  });
}
