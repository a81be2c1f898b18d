import type { VideoStatus } from '../../../temporal/contract/steps';
import { Problem } from './problem';

/** 409 for what a video in this status cannot do yet, or any more. */
export function videoNotReady(status: VideoStatus, sentence: string): Problem {
  return new Problem(409, 'VideoNotReady', sentence, { extensions: { video_status: status } });
}
