/** The queue of workflows and of their bookkeeping. */
export const WORKFLOW_QUEUE = 'pipeline';

/** The queue of chunks that a hardware encoder makes. */
export const GPU_QUEUE = 'transcode-gpu';

/**
 * The queue of what viewers wait for while a title is encoded. Every worker that serves `transcode-cpu` keeps one slot more for it, which no setting
 * names.
 */
export const EXPRESS_QUEUE = 'transcode-express';

/** The queue of deliveries to webhooks. */
export const NOTIFY_QUEUE = 'notify';

/** Task queues, one per kind of work so that each kind of worker scales alone. */
export const QUEUES = [
  WORKFLOW_QUEUE,
  'ingest',
  'probe',
  'split',
  'transcode-cpu',
  GPU_QUEUE,
  EXPRESS_QUEUE,
  'audio',
  'thumbnail',
  'subtitle',
  'speech',
  'moderation',
  'package',
  'verify',
  'drm',
  'ts',
  NOTIFY_QUEUE,
] as const;

export type Queue = (typeof QUEUES)[number];

/** Queues that a setting gives to workers. */
export const SERVED_QUEUES = QUEUES.filter((queue) => queue !== EXPRESS_QUEUE);

/** Why a worker has left a queue, in a sentence for its operator. */
export const UNFIT_REASONS = {
  database: 'The database refuses this worker or does not answer it.',
  'object-store': 'Object storage refuses this worker or does not answer it.',
  scratch: 'The scratch folder of this worker cannot be used.',
  ffmpeg: 'ffmpeg does not work on this worker.',
  ffprobe: 'ffprobe does not work on this worker.',
  packager: 'The packager does not work on this worker.',
  gpu: 'No hardware encoder works on this worker.',
  failures: 'Tasks failed on this worker one after the other while other workers succeeded.',
} as const;

export type UnfitReason = keyof typeof UNFIT_REASONS;

const UNFIT_PREFIX = 'unfit';

/**
 * The queue that a worker polls in place of one it has left. No task ever goes there: its name tells the workflow service, and with
 * it everybody who lists workers, what is wrong, whatever else the worker cannot reach.
 */
export function unfitQueue(queue: Queue, reason: UnfitReason): string {
  return `${UNFIT_PREFIX}/${queue}/${reason}`;
}

/** What the name of a queue made by {@link unfitQueue} tells; null for any other queue. */
export function parseUnfitQueue(name: string): { queue: Queue; reason: UnfitReason } | null {
  const [prefix, queueName, reason = ''] = name.split('/');
  const queue = QUEUES.find((known) => known === queueName);
  if (prefix !== UNFIT_PREFIX || !queue || !Object.hasOwn(UNFIT_REASONS, reason)) return null;
  return { queue, reason: reason as UnfitReason };
}
