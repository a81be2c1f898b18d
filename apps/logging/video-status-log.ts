import type { Logger } from '@nestjs/common';
import type { VideoStatusChange } from '../../infra/database/video-status';

/** Writes a line for each change of a video's state. */
export function logVideoStatus(logger: Pick<Logger, 'log'>): (change: VideoStatusChange) => void {
  return ({ videoId, generation, status, failedStep, failureType }) => {
    logger.log({
      message: `the video is ${status}`,
      video_id: videoId,
      ...(generation === undefined ? {} : { generation }),
      status,
      ...(status === 'failed' ? { step: failedStep, failure_type: failureType } : {}),
    });
  };
}
