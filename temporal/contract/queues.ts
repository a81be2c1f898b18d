/** Task queues, one per kind of work so that each kind of worker scales alone. `pipeline` carries workflows and their bookkeeping. */
export const QUEUES = [
  'pipeline',
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
