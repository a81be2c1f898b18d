/** Every step of the contract in display order. Steps without a row in the pipeline table show as `skipped`. */
export const STEPS = [
  'probe',
  'split',
  'transcode',
  'audio',
  'thumbnails',
  'subtitles',
  'speech',
  'moderation',
  'package',
  'verify',
  'drm',
  'publish',
  'ts',
] as const;

export type Step = (typeof STEPS)[number];

/** State of a step as users see it. */
export type StepState = 'pending' | 'running' | 'completed' | 'failed' | 'retrying' | 'skipped';

/** Values of `transcoding_tasks.task_type`. */
export type TaskType =
  | 'probe'
  | 'split'
  | 'transcode'
  | 'package'
  | 'thumbnail'
  | 'audio'
  | 'moderation'
  | 'drm'
  | 'subtitle'
  | 'publish'
  | 'verify'
  | 'ts'
  | 'speech'
  /** Before the first step: the original is pulled. */
  | 'ingest'
  /** Segments that viewers wait for, beside the chunks that make them. */
  | 'express';

/** The task type under which a step keeps its rows. */
export const TASK_TYPE_OF_STEP: Record<Step, TaskType> = {
  probe: 'probe',
  split: 'split',
  transcode: 'transcode',
  audio: 'audio',
  thumbnails: 'thumbnail',
  subtitles: 'subtitle',
  speech: 'speech',
  moderation: 'moderation',
  package: 'package',
  verify: 'verify',
  drm: 'drm',
  publish: 'publish',
  ts: 'ts',
};

/** Values of `transcoding_tasks.status`. */
export type TaskStatus = 'pending' | 'running' | 'completed' | 'failed' | 'retrying';

/** Values of `videos.status`. */
export const VIDEO_STATUSES = [
  'uploading',
  'uploaded',
  'probing',
  'transcoding',
  'packaging',
  'moderating',
  'ready',
  'failed',
  'cancelled',
  'removed',
] as const;

export type VideoStatus = (typeof VIDEO_STATUSES)[number];

export const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const;

export type Priority = (typeof PRIORITIES)[number];

/** Temporal priority keys: smaller runs first. */
export const PRIORITY_KEYS: Record<Priority, number> = { urgent: 1, high: 2, normal: 3, low: 4 };
