import type { Step, VideoStatus } from '../../../temporal/contract/steps';

/** States that only a running workflow leaves, and the step at which a user finds the video stopped. */
export const STEP_IN_PROGRESS = {
  uploaded: 'probe',
  probing: 'probe',
  transcoding: 'transcode',
  packaging: 'package',
  moderating: 'moderation',
} as const satisfies Partial<Record<VideoStatus, Step>>;

export type StatusInProgress = keyof typeof STEP_IN_PROGRESS;

export const STATUSES_IN_PROGRESS = Object.keys(STEP_IN_PROGRESS) as StatusInProgress[];

/** Message to the user of a video whose workflow is gone. */
export const RUN_LOST_MESSAGE =
  'Processing stopped before it was done, because its workflow ended or was lost. Retry the video; finished work is kept.';
