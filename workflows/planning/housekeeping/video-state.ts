import type { VideoStatus } from '../../../temporal/contract/steps';

/** What housekeeping knows of a video that has a row. */
export interface VideoState {
  status: VideoStatus;
  generation: number;
  /** When the status was reached that the video has now, or a little later. */
  sinceMs: number;
}
