/** The queue of workflows and of their bookkeeping. */
export const WORKFLOW_QUEUE = 'pipeline';

/** Task queues, one per kind of work so that each kind of worker scales alone. */
export const QUEUES = [
  WORKFLOW_QUEUE,
  'probe',
  'split',
  'transcode-cpu',
  'transcode-gpu',
  'audio',
  'thumbnail',
  'subtitle',
  'moderation',
  'package',
  'verify',
  'drm',
  'notify',
] as const;

export type Queue = (typeof QUEUES)[number];
