import type { TaskTypeSummary } from '../../../infra/database/task';
import type { PullProgress } from '../../../infra/database/ingest/ingest-repository';
import type { Video } from '../../../infra/database/video';
import type { FamiliesView } from '../families/family-view';
import { STEPS, TASK_TYPE_OF_STEP, type Step, type StepState } from '../../../temporal/contract/steps';
import { failureView } from './failure-view';
import type { ProgressView } from './video-schemas';

/** Shares of the whole that the steps take, roughly, for one bar over all of them. */
const STEP_WEIGHTS: Record<Step, number> = {
  probe: 2,
  split: 1,
  transcode: 80,
  audio: 6,
  thumbnails: 6,
  subtitles: 6,
  speech: 6,
  moderation: 4,
  package: 3,
  verify: 2,
  drm: 4,
  publish: 1,
  ts: 2,
};
/** Before this share is done, the time left is a guess that is not shown. */
const ESTIMATE_FROM_PERCENT = 5;

export interface ProgressSource {
  video: Video;
  tasks: readonly TaskTypeSummary[];
  families: FamiliesView;
  /** Null for an upload, and for an original that is stored. */
  pull?: PullProgress | null;
  now: Date;
}

interface StepProgress {
  state: StepState;
  percent: number;
  completed: number;
  total: number;
}

/** What a person sees of a run. A pure function of the rows and the time. */
export function progressView(source: ProgressSource): ProgressView {
  const { video } = source;
  const steps = Object.fromEntries(STEPS.map((step) => [step, stepProgress(step, source)])) as Record<Step, StepProgress>;
  const { transcode, ...others } = steps;
  const percent = video.status === 'ready' ? 100 : totalPercent(steps);
  return {
    video_id: video.videoId,
    status: video.status,
    pipeline_progress: {
      probe: others.probe.state,
      split: others.split.state,
      transcode: transcode,
      audio: others.audio.state,
      thumbnails: others.thumbnails.state,
      subtitles: others.subtitles.state,
      speech: others.speech.state,
      moderation: others.moderation.state,
      package: others.package.state,
      verify: others.verify.state,
      drm: others.drm.state,
      publish: others.publish.state,
      ts: others.ts.state,
    },
    percent,
    ...(video.status === 'uploading' ? pullOf(source.pull) : {}),
    estimated_completion: estimatedCompletion(video, percent, source.now)?.toISOString() ?? null,
    playable_at: video.playableAt?.toISOString() ?? null,
    started_at: video.startedAt?.toISOString() ?? null,
    completed_at: video.completedAt?.toISOString() ?? null,
    ...failureOf(video),
    warnings: video.warnings,
    families: source.families,
  };
}

function pullOf(pull: ProgressSource['pull']): Pick<ProgressView, 'ingest'> {
  if (!pull || pull.state === 'done') return {};
  return { ingest: { state: pull.state, bytes_received: pull.bytesReceived, bytes_total: pull.bytesTotal, problem: pull.problem } };
}

function stepProgress(step: Step, { video, tasks }: ProgressSource): StepProgress {
  const summary = tasks.find((candidate) => candidate.taskType === TASK_TYPE_OF_STEP[step]);
  const skipped = !video.walk.some((one) => one.step === step) || video.skippedSteps.includes(step);
  const counts = {
    percent: Math.floor(summary?.percent ?? 0),
    completed: summary?.completed ?? 0,
    total: summary?.total ?? 0,
  };
  if (skipped) return { ...counts, state: 'skipped' };
  if (video.status === 'failed' && video.failedStep === step) return { ...counts, state: 'failed' };
  // A video that waits for a moderator is scored; its moderation is not over.
  if (video.status === 'moderating' && step === 'moderation') return { ...counts, state: 'running' };
  return { ...counts, state: summary ? stateOf(summary) : 'pending' };
}

/** A failed task counts only when none of the step's tasks is at work any more. */
function stateOf(summary: TaskTypeSummary): StepState {
  if (summary.completed === summary.total) return 'completed';
  if (summary.retrying > 0) return 'retrying';
  if (summary.running > 0) return 'running';
  if (summary.failed > 0) return 'failed';
  return summary.completed > 0 ? 'running' : 'pending';
}

function totalPercent(steps: Record<Step, StepProgress>): number {
  let weight = 0;
  let done = 0;
  for (const step of STEPS) {
    if (steps[step].state === 'skipped') continue;
    weight += STEP_WEIGHTS[step];
    done += (STEP_WEIGHTS[step] * steps[step].percent) / 100;
  }
  return weight === 0 ? 0 : Math.min(99, Math.floor((done / weight) * 100));
}

/** Assumes that the rest goes as fast as what is done. */
function estimatedCompletion(video: Video, percent: number, now: Date): Date | null {
  if (video.startedAt === null || video.completedAt !== null || percent < ESTIMATE_FROM_PERCENT) return null;
  // How long a moderator takes has nothing to do with how long the steps took.
  if (video.status === 'moderating') return null;
  const elapsedMs = now.getTime() - video.startedAt.getTime();
  return new Date(now.getTime() + (elapsedMs * (100 - percent)) / percent);
}

function failureOf(video: Video): Pick<ProgressView, 'failed_step' | 'error'> {
  if (video.status !== 'failed') return {};
  return {
    ...(video.failedStep ? { failed_step: video.failedStep } : {}),
    error: failureView(video, {
      message: 'The video could not be processed.',
      advice: 'Try again; if it fails again, report the video to the operator.',
    }),
  };
}
