import type { RunRemains } from '../../../temporal/contract/activities';
import { downstreamOf, type Walk } from '../../../temporal/contract/pipeline';
import type { Step, VideoStatus } from '../../../temporal/contract/steps';

export interface RetryPlan {
  /** The source is examined again, so the retry works on a generation with a plan of its own. */
  newGeneration: boolean;
  /** Steps whose results stand. */
  completed: Step[];
  /** Steps that are done again or for the first time. */
  rerun: Step[];
  /** Where the video is when the retry starts; null when only optional steps are done again. */
  status: VideoStatus | null;
}

const STATUS_AT: Partial<Record<Step, VideoStatus>> = {
  split: 'probing',
  package: 'packaging',
  verify: 'packaging',
  publish: 'packaging',
};

/**
 * What a retry from `fromStep` does: that step and everything downstream of it again, whatever was not done yet, and nothing
 * else. A retry that examines the source again, or that lacks what later steps stand on, does everything anew along `next`, the
 * walk of runs that start now; any other one stays on `walk`, that of the run itself.
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
