import type { EncodingRequest } from './media/encoding';
import type { PolicyName } from './policies';
import type { Queue } from './queues';
import type { Step } from './steps';

/** A step of a run: the steps it waits for, and whether the video needs it. */
export interface WalkStep {
  step: Step;
  /** Steps that must be over before this one starts. */
  after: readonly Step[];
  /** The failure of a required step fails the video; that of an optional one is a warning. */
  required: boolean;
}

/**
 * The steps of one run, each after the steps it depends on. A run records its walk when it starts and keeps it: runner, retry,
 * progress and end of the run read the record, so a release with other steps changes no run that is under way.
 */
export type Walk = readonly WalkStep[];

/** The DAG of runs that start now. */
export const PIPELINE: Walk = [
  { step: 'probe', after: [], required: true },
  { step: 'split', after: ['probe'], required: true },
  { step: 'transcode', after: ['split'], required: true },
  { step: 'audio', after: ['split'], required: true },
  { step: 'thumbnails', after: ['transcode'], required: false },
  { step: 'subtitles', after: ['split'], required: false },
  { step: 'speech', after: ['audio'], required: false },
  { step: 'moderation', after: ['transcode'], required: true },
  { step: 'package', after: ['transcode', 'audio'], required: true },
  { step: 'verify', after: ['package'], required: true },
  { step: 'drm', after: ['verify'], required: true },
  { step: 'publish', after: ['verify', 'moderation', 'drm'], required: true },
  { step: 'ts', after: ['publish'], required: false },
];

/** Steps that only some videos take, and what asks for them. */
const ASKED_STEPS: Partial<Record<Step, (request: EncodingRequest) => boolean>> = {
  drm: ({ drm }) => drm !== undefined,
  moderation: ({ moderation }) => moderation !== undefined,
  speech: ({ speech }) => speech !== undefined,
  // Segments of MPEG-TS are not encrypted, so a title that has been protected since gets none.
  ts: ({ hlsTs, drm }) => hlsTs === true && drm === undefined,
};

/** Required steps that some videos go on without when they fail. */
const OPTIONAL_STEPS: typeof ASKED_STEPS = {
  moderation: ({ moderation }) => moderation?.mode === 'flag',
};

/** The DAG of a run that starts now: the rows of {@link PIPELINE} without the steps that nothing asked for, as required as was asked. */
export function walkOf(request: EncodingRequest): Walk {
  const isTaken = (step: Step) => ASKED_STEPS[step]?.(request) ?? true;
  return PIPELINE.filter(({ step }) => isTaken(step)).map((row) => ({
    ...row,
    after: row.after.filter(isTaken),
    required: row.required && !OPTIONAL_STEPS[row.step]?.(request),
  }));
}

/** The walk of runs without a record. It never changes: recorded histories follow it. */
export const FIRST_WALK: Walk = [
  { step: 'probe', after: [], required: true },
  { step: 'split', after: ['probe'], required: true },
  { step: 'transcode', after: ['split'], required: true },
  { step: 'audio', after: ['split'], required: true },
  { step: 'thumbnails', after: ['transcode'], required: false },
  { step: 'package', after: ['transcode', 'audio'], required: true },
  { step: 'publish', after: ['package'], required: true },
];

export interface StepWork {
  queue: Queue;
  policy: PolicyName;
}

/**
 * Where and how each step is done. It is not recorded: a corrected time-out or another queue holds for runs under way too. A
 * step stays here for as long as a recorded walk may name it.
 */
export const STEP_WORK = {
  probe: { queue: 'probe', policy: 'probe' },
  split: { queue: 'split', policy: 'split' },
  transcode: { queue: 'transcode-cpu', policy: 'transcode' },
  audio: { queue: 'audio', policy: 'audio' },
  thumbnails: { queue: 'thumbnail', policy: 'thumbnails' },
  subtitles: { queue: 'subtitle', policy: 'subtitles' },
  speech: { queue: 'speech', policy: 'speech' },
  moderation: { queue: 'moderation', policy: 'moderation' },
  package: { queue: 'package', policy: 'package' },
  verify: { queue: 'verify', policy: 'verify' },
  drm: { queue: 'drm', policy: 'drm' },
  publish: { queue: 'package', policy: 'publish' },
  ts: { queue: 'ts', policy: 'ts' },
} as const satisfies Partial<Record<Step, StepWork>>;

/** Steps that this release can do. */
export type RunnableStep = keyof typeof STEP_WORK;

/** A step of a walk that was recorded by a newer release may not be one. */
export function isRunnable(step: Step): step is RunnableStep {
  return Object.hasOwn(STEP_WORK, step);
}

/** `step` and every step that depends on it, directly or through others, in the order of the walk; empty when the walk lacks it. */
export function downstreamOf(walk: Walk, step: Step): Step[] {
  const found = new Set<Step>([step]);
  // Steps come after the steps they depend on, so one pass is enough.
  for (const one of walk) if (one.after.some((before) => found.has(before))) found.add(one.step);
  return walk.map((one) => one.step).filter((one) => found.has(one));
}
