import type { HousekeepingTask } from './housekeeping';
import type { CodecFamily } from './media/families';
import type { PictureOrder } from './media/pictures';
import type { ChangeTextInput, IngestInput } from './workflows';

/** The workflow that owns a video: one at a time, for the whole life of the video. */
export function processVideoWorkflowId(videoId: string): string {
  return `video-${videoId}`;
}

/** The workflow that pulls the original of a video; a retry is the next attempt. */
export function ingestWorkflowId({ videoId, attempt }: IngestInput): string {
  return `ingest-${videoId}/${attempt}`;
}

/** The child workflow that makes every rendition of one codec family in one generation. */
export function transcodeFamilyWorkflowId(videoId: string, generation: number, family: CodecFamily): string {
  return `video-${videoId}/g${generation}/${family}`;
}

/** The activity that makes a chunk, in a family whose viewers wait for segments. */
export function chunkActivityId(chunkIndex: number): string {
  return `chunk-${chunkIndex}`;
}

/** The workflow that makes a codec family of a published title and takes it into the manifests. */
export function joinFamilyWorkflowId(videoId: string, generation: number, family: CodecFamily): string {
  return `${transcodeFamilyWorkflowId(videoId, generation, family)}/join`;
}

/** The child workflow that encrypts the renditions of a title, or those of a family that joins it. */
export function protectWorkflowId(videoId: string, generation: number, joins?: CodecFamily): string {
  return `video-${videoId}/g${generation}/drm${joins ? `/${joins}` : ''}`;
}

/** The child workflow that makes the MPEG-TS segments of a title. */
export function muxTsWorkflowId(videoId: string, generation: number): string {
  return `video-${videoId}/g${generation}/ts`;
}

/** The workflow that protects a title which is published clear. */
export function protectTitleWorkflowId(videoId: string, generation: number): string {
  return `video-${videoId}/g${generation}/protect`;
}

/** The workflow that makes pictures of a published title again: one for each poster that was chosen, and for each interval. */
export function remakePicturesWorkflowId({ videoId, generation, posterId, thumbnails }: PictureOrder): string {
  return `video-${videoId}/g${generation}/pictures/${posterId ?? `${thumbnails?.intervalMs}ms`}`;
}

/** The workflow that takes a codec family out of the manifests. */
export function leaveFamilyWorkflowId(videoId: string, generation: number, family: CodecFamily): string {
  return `${transcodeFamilyWorkflowId(videoId, generation, family)}/leave`;
}

/** The workflow that takes a text track into the manifests, or out of them. */
export function changeTextWorkflowId({ videoId, subtitleId, isRemoved }: ChangeTextInput): string {
  return `video-${videoId}/subtitles/${subtitleId}/${isRemoved ? 'remove' : 'add'}`;
}

/** The workflow that removes what a generation replaced when it was published. */
export function cleanUpWorkflowId(videoId: string, generation: number): string {
  return `video-${videoId}/g${generation}/clean-up`;
}

/** The schedule of a task, and the beginning of the ids of its workflows. */
export function housekeepingScheduleId(task: HousekeepingTask): string {
  return `housekeeping-${task}`;
}

/** The schedule of the dispatcher of webhooks, and the beginning of the ids of its workflows. */
export const WEBHOOKS_SCHEDULE_ID = 'webhooks';

export const WORKFLOW_TYPES = {
  processVideo: 'processVideo',
  transcodeFamily: 'transcodeFamily',
  joinFamily: 'joinFamily',
  leaveFamily: 'leaveFamily',
  protectTitle: 'protectTitle',
  remakePictures: 'remakePictures',
  changeText: 'changeText',
  ingestVideo: 'ingestVideo',
  housekeeping: 'housekeeping',
  deliverWebhooks: 'deliverWebhooks',
} as const;

/** Search attributes registered in the namespace; the creator is the only tenant key, titles never go here. */
export const SEARCH_ATTRIBUTES = {
  videoStatus: 'VideoStatus',
  failedStep: 'FailedStep',
  creatorId: 'CreatorId',
} as const;
