import type { RunRemains } from '../../../temporal/contract/activities';
import type { Step, VideoStatus } from '../../../temporal/contract/steps';
import { downstreamOf, type PipelineStep } from '../../../temporal/contract/pipeline';

export interface RetryPlan {
  /** The plan has to be made again, so the retry works on a generation of its own. */
  newGeneration: boolean;
  /** Steps whose results stand. */
  completed: Step[];
  /** Steps that are done again or for the first time. */
  rerun: Step[];
  /** Where the video is when the retry starts; null when only optional steps are done again. */
  status: VideoStatus | null;
}

const STATUS_AT: Partial<Record<Step, VideoStatus>> = { probe: 'probing', split: 'probing', package: 'packaging', publish: 'packaging' };

/**
 * What a retry from `fromStep` does: that step and everything downstream of it again, whatever was not done yet, and nothing
 * else. From the first step, or without what the later ones stand on, everything is done anew.
 */
export function planRetry(table: readonly PipelineStep[], fromStep: Step, remains: RunRemains): RetryPlan {
  const newGeneration = remains.lost || table[0]?.step === fromStep;
  const invalid = newGeneration ? table.map(({ step }) => step) : downstreamOf(table, fromStep);
  const completed = remains.completedSteps.filter((step) => !invalid.includes(step));
  const skipped = newGeneration ? [] : (remains.split?.skippedSteps ?? []);
  const left = table.filter(({ step }) => !completed.includes(step) && !skipped.includes(step));
  const first = left.find(({ required }) => required);
  return {
    newGeneration,
    completed,
    rerun: left.map(({ step }) => step),
    status: first ? (STATUS_AT[first.step] ?? 'transcoding') : null,
  };
}
