/** Kinds of events of videos, as webhooks and event streams name them. */
export const VIDEO_EVENTS = [
  'video.uploaded',
  'video.playable',
  'video.ready',
  'video.updated',
  'video.failed',
  'video.moderation_required',
  'video.cancelled',
  'video.removed',
] as const;

export type VideoEventType = (typeof VIDEO_EVENTS)[number];

/** A codec family or a text track that a published video has gained or lost. */
export type VideoChange =
  | { kind: 'family'; action: 'added' | 'removed'; family: string }
  | { kind: 'subtitles'; action: 'added' | 'removed'; subtitle_id: string; language: string };
