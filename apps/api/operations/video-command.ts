import type { Video } from '../../../infra/database/video';
import type { VideoCommand } from '../../../temporal/video-commands';

/** A command to the workflow of a video, with what starts a new run of it. */
export function commandOf(video: Video, { updateId, retryWindowMs }: { updateId: string; retryWindowMs: number }): VideoCommand {
  const { videoId, generation, creatorId, priority, walk } = video;
  return {
    input: { videoId, generation, creatorId, priority, walk, retryWindowMs },
    about: { title: video.title, sizeBytes: video.fileSizeBytes },
    updateId,
  };
}
