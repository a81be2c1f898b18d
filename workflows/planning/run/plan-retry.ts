import type { RunRemains } from '../../../temporal/contract/activities';
import { downstreamOf, type Walk } from '../../../temporal/contract/pipeline';
import type { Step, VideoStatus } from '../../../temporal/contract/steps';

export interface RetryPlan {
  /** The source is examined again, so the retry works on a generation with a plan of its own. */
  newGeneration: boolean;
  /** Steps whose results are kept. */
  completed: Step[];
  /** Steps that are done again or for the first time. */
  rerun: Step[];
  /** Where the video is when the retry starts; null when only optional steps are done again. */
  status: VideoStatus | null;
}

const STATUS_AT: Partial<Record<Step, VideoStatus>> = {
  split: 'probing',
  // `moderating` is the status of a video that waits for a moderator.
  moderation: 'packaging',
  package: 'packaging',
  verify: 'packaging',
  drm: 'packaging',
  publish: 'packaging',
};

/**
 * The steps of a retry from `fromStep`: that step, all steps downstream of it and unfinished steps. A retry that examines the source
 * again, or that lacks objects later steps depend on, runs every step of `next`, the walk of runs that start now; any other retry
 * stays on `walk`, the walk of the run itself.
 */
export function planRetry(run: { walk: Walk; next: Walk }, fromStep: Step, remains: RunRemains): RetryPlan {
  const newGeneration = remains.lost || downstreamOf(run.walk, fromStep).includes('probe');
  const walk = newGeneration ? run.next : run.walk;
  const invalid = newGeneration ? walk.map(({ step }) => step) : downstreamOf(walk, fromStep);
  const completed = remains.completedSteps.filter((step) => !invalid.includes(step));
  const skipped = newGeneration ? [] : (remains.split?.skippedSteps ?? []);
  const left = walk.filter(({ step }) => !completed.includes(step) && !skipped.includes(step));
  const first = left.find(({ required }) => required);
  return {
    newGeneration,
    completed: newGeneration ? [] : completed,
    rerun: left.map(({ step }) => step),
    status: newGeneration ? 'probing' : first ? statusAt(walk, first.step) : null,
  };
}

function statusAt(walk: Walk, step: Step): VideoStatus {
  if (downstreamOf(walk, step).includes('probe')) return 'probing';
  return STATUS_AT[step] ?? 'transcoding';
}
