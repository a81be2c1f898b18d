import { CancellationScope, isCancellation } from '@temporalio/workflow';
import type { Walk, WalkStep } from '../../temporal/contract/pipeline';
import type { Step } from '../../temporal/contract/steps';

export interface StepRunner {
  /** Does the step; one that this video does not need returns at once. */
  run(step: WalkStep): Promise<void>;
  /** Notes the failure of an optional step. */
  warn(step: WalkStep, error: unknown): Promise<void>;
}

/** The required step that ended the run. */
export class StepFailedError extends Error {
  override readonly name = 'StepFailedError';

  constructor(
    readonly step: Step,
    readonly reason: unknown,
  ) {
    super(`step ${step} failed`);
  }
}

/**
 * Walks the DAG: each step starts as soon as the steps it depends on are over. The first required step that fails
 * cancels its siblings at once: a video that cannot be finished takes no more encoding.
 * Throws {@link StepFailedError}, or the cancellation of the workflow.
 */
export async function runSteps(walk: Walk, runner: StepRunner): Promise<void> {
  let firstFailure: StepFailedError | undefined;
  const scope = new CancellationScope({ cancellable: true });
  const over = new Map<Step, Promise<void>>();

  const settle = async (row: WalkStep): Promise<void> => {
    await Promise.all([...over].filter(([step]) => row.after.includes(step)).map(([, settled]) => settled));
    try {
      await runner.run(row);
    } catch (error) {
      if (isCancellation(error)) throw error;
      if (!row.required) return runner.warn(row, error);
      firstFailure ??= new StepFailedError(row.step, error);
      scope.cancel();
      throw error;
    }
  };

  try {
    await scope.run(async () => {
      for (const row of walk) over.set(row.step, settle(row));
      const results = await Promise.allSettled([...over.values()]);
      const rejected = results.find((result) => result.status === 'rejected');
      if (rejected) throw rejected.reason;
    });
  } catch (error) {
    throw firstFailure ?? error;
  }
}
