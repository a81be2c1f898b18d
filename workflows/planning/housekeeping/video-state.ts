import type { VideoStatus } from '../../../temporal/contract/steps';

/** The facts of a video's row that housekeeping uses. */
export interface VideoState {
  status: VideoStatus;
  generation: number;
  /** When the status was reached that the video has now, or a little later. */
  sinceMs: number;
}
